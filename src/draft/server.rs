//! Is it a server, or a program that people run?
use super::dockerfile::Dockerfile;
use super::guess::{Reason, Seen};
use super::material::Material;
use super::rust_source::program_part;

/// What speaks for a server.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// It is one, as far as can be told.
    pub(super) server: bool,
    /// Why, the best reason first.
    pub(super) reasons: Vec<Reason>,
}

/// Crates that are there to serve.
const FRAMEWORKS: &[&str] = &[
    "actix-web",
    "axum",
    "warp",
    "rocket",
    "tonic",
    "poem",
    "salvo",
    "tide",
    "ntex",
    "jsonrpsee",
    "rouille",
    "tiny_http",
    "hickory-server",
    "trust-dns-server",
    "russh",
    "pingora",
    "thruster",
    "gotham",
    "viz",
    "iron",
    "dropshot",
    "libunftp",
    "rumqttd",
    "smtp-server",
    "mailin-embedded",
    "async-graphql-axum",
    "axum-server",
    "actix",
];

/// Words in keywords and descriptions that say so.
const WORDS: &[&str] = &[
    "server",
    "daemon",
    "relay",
    "broker",
    "self-hosted",
    "selfhosted",
    "proxy",
    "reverse-proxy",
    "resolver",
    "homeserver",
    "microservice",
    "tracker",
    "webhook",
    "self-hosting",
    "host",
    "hosting",
    "service",
    "backend",
    "distributed",
    "gateway",
    "pastebin",
    "tunnel",
    "nameserver",
    "node",
    "exporter",
    "dns-server",
    "http-server",
    "web-server",
    "api",
];

const BINDS: &[&str] = &[
    "TcpListener::bind",
    "UdpSocket::bind",
    "HttpServer::new",
    "axum::serve",
    "Server::bind",
    "axum_server::bind",
    "warp::serve",
    "rocket::build",
    "rocket::ignite",
    "UnixListener::bind",
    "Server::builder()",
];

/// Weighs what the crate shows; `unit` is where a unit that starts it was found.
pub(super) fn judge(material: &Material<'_>, unit: Option<&str>, dockerfiles: &[Dockerfile]) -> Verdict {
    let mut reasons = Vec::new();
    if let Some(file) = unit {
        reasons.push(Reason::seen("there is a systemd unit for it", Seen::file(file)));
    }
    let exposed = dockerfiles.iter().find_map(|file| Some((file, file.ports.first()?)));
    if let Some((file, port)) = exposed {
        reasons.push(Reason::seen(
            format!("its container image exposes port {}", port.value),
            Seen::at(&file.file, port.line),
        ));
    }
    let certain = !reasons.is_empty();
    let mut points = 0;
    let slug = material.krate.categories.iter().find(|slug| slug.contains("http-server") || slug.contains("email"));
    if let Some(slug) = slug {
        points += 1;
        reasons.push(Reason::new(format!("its category in the registry is {slug}")));
    }
    if let Some(word) = said(material) {
        points += 1;
        reasons.push(Reason::new(format!("its description or keywords say `{word}`")));
    }
    if let Some((name, seen)) = framework(material) {
        points += 1;
        reasons.push(Reason::seen(format!("it depends on {name}"), seen));
    }
    if let Some((what, seen)) = binds(material) {
        points += 1;
        reasons.push(Reason::seen(format!("it listens on the network: {what}"), seen));
    }
    Verdict { server: certain || points >= 2, reasons }
}

fn said(material: &Material<'_>) -> Option<String> {
    let krate = material.krate;
    let described = krate.description.as_deref().unwrap_or_default().to_lowercase();
    // "to a remote server", "for servers" are about other programs; a server says so early.
    let first: Vec<&str> =
        described.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).take(14).collect();
    WORDS
        .iter()
        .filter(|word| {
            !["service", "api", "node", "host", "distributed", "backend"].contains(word)
                || first.iter().take(6).any(|one| one == *word)
        })
        .find(|word| first.contains(word) || krate.keywords.iter().any(|keyword| keyword.to_lowercase() == **word))
        .map(|word| (*word).to_owned())
}

/// A direct dependency that is not only for tests.
fn framework(material: &Material<'_>) -> Option<(String, Seen)> {
    let krate = material.krate;
    let table: toml::Table = krate.manifest_text.parse().ok()?;
    let dependencies = table.get("dependencies")?.as_table()?;
    let optional = |value: &toml::Value| value.get("optional").and_then(toml::Value::as_bool).unwrap_or(false);
    let has_server = |value: &toml::Value| {
        let features = value.get("features").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        features.iter().filter_map(toml::Value::as_str).any(|feature| feature == "server")
    };
    let (name, _) = dependencies.iter().find(|(name, value)| {
        (FRAMEWORKS.contains(&name.as_str()) && !optional(value))
            || (["hyper", "hyper-util", "volo-grpc"].contains(&name.as_str()) && !optional(value) && has_server(value))
    })?;
    Some((name.clone(), Seen::file(&krate.manifest_path)))
}

fn binds(material: &Material<'_>) -> Option<(String, Seen)> {
    let all: Vec<&str> = material.krate.binaries.iter().map(|binary| binary.name.as_str()).collect();
    material.sources(&all).into_iter().find_map(|(files, path)| {
        let text = program_part(&files.text(&path)?);
        let (number, call) = (1..).zip(text.lines()).find_map(|(number, line)| {
            // Port 0 and an unspecified address are a client's.
            let call =
                BINDS.iter().find(|call| line.contains(**call) && !line.contains(":0\"") && !line.contains(", 0)"))?;
            Some((number, *call))
        })?;
        Some((call.to_owned(), Seen::at(files.shown(&path), number)))
    })
}

//! Made-up servers with their recipes, each for another part of what recipes can say.
use super::{Crate, Env};

/// A plain service: dependencies with odd versions, two licences, a program under another name, a configuration with
/// secrets, a signal to reload on.
pub(crate) const HEARTH: &str = r#"
[upstream]
crate = "hearth"
version = "1.2.3"

[package]
categories = ["net", "www"]
maintainer = "porter@example.org"
homepage = "https://hearth.example/"

[build]
[[build.install]]
from = "hearth.toml"
to = "{examples}/hearth.toml"

[service]
command = ["{bin}/hearth", "--config", "{config.main}", "serve"]
user = "hearth"
listen = ["127.0.0.1:8080"]
needs = ["network", "local-filesystems"]
environment = { RUST_LOG = "warn" }
reload = "HUP"
configtest = ["{bin}/hearth", "--config", "{config.main}", "check"]
open-files = 512
stop = { timeout = "30s" }

[[service.config]]
id = "main"
sample = "{examples}/hearth.toml"
path = "{sysconf}/hearth.toml"
mode = "0640"

[[service.data]]
path = "{state}/files"

[[program]]
name = "ffmpeg"
version = ">=5"
"#;

/// Publishes [`HEARTH`]'s crates and writes its recipe as `hearth.toml`.
pub(crate) fn hearth(env: &Env) {
    env.publish(&Crate::library("ember", "0.3.1").licence(Some("MIT OR Apache-2.0")));
    env.publish(&Crate::library("whirl-sys", "0.4.52+whirl-7.81.0").licence(Some("MIT")));
    env.publish(
        &Crate::server("hearth", "1.2.3")
            .licence(Some("AGPL-3.0-only"))
            .package("description = \"A warm place for small servers\"\nrust-version = \"1.88\"\n")
            .needs("ember", "0.3.1")
            .needs("whirl-sys", "0.4.52+whirl-7.81.0")
            .file(
                "README.md",
                "# hearth\n\nA warm place for small servers, in one program that needs little of anything.\n",
            )
            .file("hearth.toml", "listen = \"127.0.0.1:8080\"\n"),
    );
    env.write("hearth.toml", HEARTH);
}

/// All kinds of options: a required group with one that is broken on an OS and settings of the sample, an optional
/// group, a set, free ones with a program, a library and a file of their own; a default that depends on the OS.
pub(crate) const QUARRY: &str = r#"
[upstream]
crate = "quarry"
version = "0.6.0-rc.6"

[package]
categories = ["databases"]
comment = "Store for small stones"

[build]
[[build.install]]
from = "quarry.toml"
to = "{examples}/quarry.toml"
[[build.install]]
from = "viewer.html"
to = "{data}/viewer.html"
option = "viewer"

[service]
command = ["{bin}/quarry", "--config={config.main}"]
user = "quarry"

[[service.config]]
id = "main"
sample = "{examples}/quarry.toml"
path = "{sysconf}/quarry.toml"

[[option]]
name = "wasmstore"
group = "store"
features = ["wasm"]
memory = "4G"
[option.on.illumos]
broken = "the $(compiler) `there` cannot make \"it\""

[[option]]
name = "sqlite"
group = "store"
features = ["native"]
memory = "128M"
[option.on.netbsd]
settings = { "main:journal-mode" = "TRUNCATE" }

[[option]]
name = "thumbs"
optional-group = "pictures"
features = ["thumbs"]
[[option]]
name = "posters"
optional-group = "pictures"
features = ["posters"]

[[option]]
name = "http2"
set = "protocol"
features = ["http2"]
[[option]]
name = "gopher"
set = "protocol"
features = ["gopher"]

[[option]]
name = "tls"
features = ["tls"]
[[option]]
name = "viewer"
default = false
[option.on.illumos]
default = true

[[program]]
name = "magick"
option = "thumbs"
[[program]]
name = "ffprobe"
option = "posters"
"#;

/// Publishes [`QUARRY`]'s crates and writes its recipe as `quarry.toml`.
pub(crate) fn quarry(env: &Env) {
    env.publish(
        &Crate::library("openssl-sys", "0.9.100")
            .licence(Some("MIT"))
            .package("links = \"openssl\"\nbuild = \"build.rs\"\n")
            .file("build.rs", "fn main() {}\n"),
    );
    env.publish(&Crate::library("granite", "1.0.0").licence(Some("GPL-3.0-only")));
    env.publish(
        &Crate::server("quarry", "0.6.0-rc.6")
            .licence(Some("MIT OR Apache-2.0"))
            .may_need("openssl-sys", "0.9.100")
            .may_need("granite", "1.0.0")
            .tables(
                "[features]\ndefault = [\"native\", \"http2\"]\nwasm = []\nnative = []\nthumbs = []\nposters = [\"dep:granite\"]\n\
                 http2 = []\ngopher = []\ntls = [\"dep:openssl-sys\"]\n",
            )
            .file("viewer.html", "<p>stones</p>\n")
            .file("quarry.toml", "# How the store writes.\njournal-mode = \"WAL\"\npath = \"stones\"\n"),
    );
    env.write("quarry.toml", QUARRY);
}

/// Two programs without a service.
pub(crate) const TIDBITS: &str = r#"
[upstream]
crate = "tidbits"
version = "2.0.0"

[build]
bins = ["tidbits", "tidctl"]
"#;

/// Publishes [`TIDBITS`]' crate and writes its recipe as `tidbits.toml`.
pub(crate) fn tidbits(env: &Env) {
    env.publish(
        &Crate::server("tidbits", "2.0.0")
            .tables("[[bin]]\nname = \"tidbits\"\npath = \"src/main.rs\"\n[[bin]]\nname = \"tidctl\"\npath = \"src/ctl.rs\"\n")
            .file("src/ctl.rs", "fn main() {}\n")
            .file("tidbits.1", ".Dd 2026\n.Dt TIDBITS 1\n"),
    );
    env.write("tidbits.toml", TIDBITS);
}

/// A member of a workspace, from a tag on a forge; the repository is called other than the package.
pub(crate) const LOOM: &str = r#"
[upstream]
github = "weavers/textiles"
version = "0.9.0"
package = "loom"

[package]
name = "loom"
comment = "Weaves threads into cloth"

[service]
command = ["{bin}/loom"]
user = "loom"

[[service.data]]
path = "{state}/cloth.db"
backup = "sqlite"

[os.netbsd]
user-id = 880
environment = { LOOM_WIDTH = "90" }

[additions.pkgsrc]
makefile = "ONLY_FOR_COMPILER=\tgcc"
"#;

/// Puts [`LOOM`]'s archive into the cache and writes its recipe as `loom.toml`.
pub(crate) fn loom(env: &Env, version: &str) {
    let of = |text: &str| text.replace("0.9.0", version);
    env.archive(
        "weavers",
        &format!("textiles-{version}"),
        &[
            ("Cargo.toml", "[workspace]\nmembers = [\"loom\", \"thread\"]\nresolver = \"2\"\n"),
            ("loom/Cargo.toml", &of("[package]\nname = \"loom\"\nversion = \"0.9.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n[dependencies]\nthread = { path = \"../thread\" }\n")),
            ("loom/src/main.rs", "fn main() {}\n"),
            ("thread/Cargo.toml", "[package]\nname = \"thread\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n"),
            ("thread/src/lib.rs", ""),
            (".cargo/config.toml", "[build]\nrustflags = [\"--cfg\", \"tight\"]\n[source.crates-io]\nreplace-with = \"v\"\n"),
            (
                "Cargo.lock",
                &of("version = 4\n[[package]]\nname = \"loom\"\nversion = \"0.9.0\"\ndependencies = [\"thread\"]\n[[package]]\nname = \"thread\"\nversion = \"0.1.0\"\n"),
            ),
        ],
    );
    env.write("loom.toml", &of(LOOM));
}

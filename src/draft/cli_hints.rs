//! What the sources tell about the server's command line: the option that names its configuration, and subcommands.
use super::config_name::is_config_name;
use super::guess::Seen;
use super::material::Material;
use super::rust_source::{kebab, literal_arguments, program_part};

/// Hints in the sources.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints {
    /// How the configuration file is given.
    pub(super) config: Option<ConfigOption>,
    /// A variable that names the configuration file.
    pub(super) variable: Option<(String, Seen)>,
    /// The subcommand that seems to start the server.
    pub(super) subcommand: Option<(String, Seen)>,
}

/// How the configuration file is given.
#[derive(Clone, Debug)]
pub(super) struct ConfigOption {
    /// As `--config`; empty when the file is an argument of its own.
    pub(super) option: String,
    /// The file that is taken without the option.
    pub(super) default: Option<String>,
    /// It goes before the subcommand.
    pub(super) global: bool,
    /// Where it is declared.
    pub(super) seen: Seen,
}

/// Subcommands that start a server, the plainest first.
pub(super) const SERVING: &[&str] =
    &["serve", "server", "daemon", "start-server", "run", "start", "listen", "relay", "launch"];

const FIELDS: &[&str] =
    &["config", "config_file", "config_path", "conf", "configuration", "cfg", "config_filename", "configfile"];

/// Looks through the sources.
pub(super) fn hints(material: &Material<'_>, binary: &str) -> Hints {
    let mut hints = Hints::default();
    let mut best = usize::MAX;
    for (files, path) in material.sources(&[binary]) {
        let Some(text) = files.text(&path).map(|text| program_part(&text)) else { continue };
        if hints.variable.is_none()
            && let Some((name, line)) = variable(&text)
        {
            hints.variable = Some((name, Seen::at(files.shown(&path), line)));
        }
        if !["clap", "structopt", "StructOpt", "argh", "bpaf"].iter().any(|word| text.contains(word)) {
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        let shown = files.shown(&path);
        for (index, line) in lines.iter().enumerate() {
            let found = field(&lines, index).or_else(|| builder(&lines, index));
            // Options of the program as a whole are better than those of one subcommand.
            if let Some((option, default, global)) = found
                && (hints.config.is_none() || (global && hints.config.as_ref().is_some_and(|known| !known.global)))
            {
                hints.config = Some(ConfigOption { option, default, global, seen: Seen::at(shown.clone(), index + 1) });
            }
            if let Some(name) = subcommand(&lines, index, line)
                && let Some(rank) = SERVING.iter().position(|known| *known == name)
                && rank < best
            {
                best = rank;
                hints.subcommand = Some((name, Seen::at(shown.clone(), index + 1)));
            }
        }
    }
    hints
}

/// `env::var("SRV_CONFIG")`: a variable with the path of the configuration file.
fn variable(text: &str) -> Option<(String, usize)> {
    let calls = ["env::var(", "env::var_os(", "dotenv::var(", "var_os("];
    let found = calls.into_iter().flat_map(|call| literal_arguments(text, call));
    let names = found.filter(|(name, _)| {
        let plain = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        let file = ["CONFIG", "CONFIG_FILE", "CONFIG_PATH", "CONFIGURATION_FILE", "CONF_FILE"]
            .iter()
            .any(|end| name.ends_with(end));
        plain && file && !name.starts_with("XDG_") && !name.starts_with("PKG_") && !name.starts_with("CARGO_")
    });
    names.min_by_key(|(_, line)| *line).map(|(name, line)| (name.to_owned(), line))
}

/// A field of a derived command line: `#[arg(long)] config: PathBuf`.
fn field(lines: &[&str], index: usize) -> Option<Found> {
    let line = lines[index].trim().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
    let (name, kind) = line.split_once(':')?;
    if !FIELDS.contains(&name.trim()) || !(kind.contains("Path") || kind.contains("String")) {
        return None;
    }
    let (attribute, above) = attribute_above(lines, index);
    let derive = derive_above(lines, above);
    let ours = ["arg(", "clap(", "structopt(", "argh(", "bpaf("].iter().any(|word| attribute.contains(word));
    let parser = ["Parser", "StructOpt", "Clap", "FromArgs", "Args"].iter().any(|word| derive.contains(word));
    if !ours && !parser {
        return None;
    }
    let global =
        attribute.contains("global") || ["Parser", "StructOpt", "Clap"].iter().any(|word| derive.contains(word));
    Some((option_of(&attribute, name.trim())?, default_of(&attribute), global))
}

/// The option, its default, and whether it goes before the subcommand.
type Found = (String, Option<String>, bool);

/// The configuration file that is the default of an option.
fn default_of(declaration: &str) -> Option<String> {
    let at = declaration.find("default_value")?;
    let value = declaration[at..].split('"').nth(1)?;
    value.rsplit('/').next().is_some_and(is_config_name).then(|| value.to_owned())
}

/// The option that an attribute declares; empty for an argument without a name.
fn option_of(attribute: &str, field: &str) -> Option<String> {
    if attribute.contains("subcommand") || attribute.contains("flatten") || attribute.contains("skip") {
        return None;
    }
    let quoted = |after: &str| after.split('"').nth(1).map(ToOwned::to_owned);
    for word in ["long =", "long=", "long(", "name = \"--"] {
        if let Some(at) = attribute.find(word)
            && let Some(name) = quoted(&attribute[at..])
        {
            return Some(format!("--{}", name.trim_start_matches('-')));
        }
    }
    let words = |wanted: &str| attribute.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == wanted);
    if words("long") {
        return Some(format!("--{}", kebab(field)));
    }
    if let Some(at) = attribute.find("short")
        && let Some(letter) =
            attribute[at..].split(['\'', '"']).nth(1).filter(|letter| letter.trim_start_matches('-').len() == 1)
    {
        return Some(format!("-{}", letter.trim_start_matches('-')));
    }
    if words("short") {
        return field.chars().next().map(|letter| format!("-{letter}"));
    }
    Some(String::new())
}

/// The attributes and doc comments right above a line, as one text, and the line above them.
fn attribute_above(lines: &[&str], index: usize) -> (String, usize) {
    let mut depth = 0_i32;
    let mut at = index;
    let mut attribute = String::new();
    let count = |line: &str, set: &[char]| i32::try_from(line.matches(set).count()).unwrap_or(i32::MAX);
    while at > 0 && index - at < 40 {
        let line = lines[at - 1].trim();
        depth = depth.saturating_add(count(line, &[')', ']'])).saturating_sub(count(line, &['(', '[']));
        if depth <= 0 && !line.starts_with("#[") && !line.is_empty() {
            break;
        }
        attribute.insert_str(0, line);
        depth = depth.max(0);
        at -= 1;
    }
    (attribute, at)
}

/// What the item around a line derives.
fn derive_above(lines: &[&str], index: usize) -> String {
    let is_item = |line: &&&str| {
        let line = line.trim().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        line.starts_with("struct ") || line.starts_with("enum ")
    };
    let Some(item) = lines[..index].iter().rev().take(400).position(|line| is_item(&line)).map(|back| index - 1 - back)
    else {
        return String::new();
    };
    let (attributes, _) = attribute_above(lines, item);
    // An enum that derives `Parser` is a set of subcommands, too.
    if lines[item].contains("enum ") {
        format!("enum {}", attributes.replace("Parser", "Subcommand"))
    } else {
        attributes
    }
}

/// `Arg::new("config").long("config")`.
fn builder(lines: &[&str], index: usize) -> Option<Found> {
    let line = lines[index];
    let at = ["Arg::new(\"", "Arg::with_name(\""].iter().find_map(|call| line.find(call))?;
    let name = line[at..].split('"').nth(1)?;
    if !FIELDS.contains(&name.to_ascii_lowercase().replace('-', "_").as_str()) {
        return None;
    }
    let rest: String = std::iter::once(&line[at + 3..]).chain(lines[index + 1..].iter().take(8).copied()).collect();
    let end = rest.find("Arg::").unwrap_or(rest.len());
    let rest = &rest[..end];
    let quoted = |word: &str| rest.find(word).and_then(|at| rest[at..].split(['"', '\'']).nth(1));
    let option =
        quoted(".long(").map(|long| format!("--{long}")).or_else(|| quoted(".short(").map(|short| format!("-{short}")));
    Some((option.unwrap_or_default(), default_of(rest), true))
}

/// The subcommand that a line declares.
fn subcommand(lines: &[&str], index: usize, line: &str) -> Option<String> {
    for call in ["SubCommand::with_name(\"", "Command::new(\"", "App::new(\""] {
        if let Some(at) = line.find(call) {
            let around: String = lines[index.saturating_sub(1)..=index].concat();
            return line[at..]
                .split('"')
                .nth(1)
                .filter(|_| around.contains("ubcommand") || around.contains("SubCommand"))
                .map(ToOwned::to_owned);
        }
    }
    let variant = line.trim().trim_end_matches([',', '{', '(', ' ']);
    let variant = variant.split(['(', '{']).next().unwrap_or(variant).trim();
    let camel =
        variant.starts_with(|c: char| c.is_ascii_uppercase()) && variant.chars().all(|c| c.is_ascii_alphanumeric());
    let open = line.trim_end().ends_with([',', '{', '(']) || line.contains('(');
    if !camel || !open || !SERVING.contains(&kebab(variant).as_str()) {
        return None;
    }
    let (attribute, above) = attribute_above(lines, index);
    let derive = derive_above(lines, above);
    if !derive.starts_with("enum ")
        || !["Subcommand", "StructOpt", "Clap", "FromArgs"].iter().any(|word| derive.contains(word))
    {
        return None;
    }
    let renamed = attribute.find("name").and_then(|at| attribute[at..].split('"').nth(1)).map(ToOwned::to_owned);
    Some(renamed.unwrap_or_else(|| kebab(variant)))
}

#[cfg(test)]
mod tests {
    use super::{builder, field, subcommand};

    fn lines(text: &str) -> Vec<&str> {
        text.lines().collect()
    }

    #[test]
    fn options_of_derived_command_lines() {
        let text = "#[derive(Parser)]\nstruct Cli {\n    /// x\n    #[arg(short, long, default_value = \"(\")]\n    other: u8,\n    #[clap(\n        \
            short,\n        long,\n    )]\n    config_file: Option<PathBuf>,\n}";
        assert_eq!(field(&lines(text), 9), Some(("--config-file".into(), None, true)));
        let text = "#[derive(Args)]\nstruct Run {\n #[arg(long = \"conf\")]\n pub config: PathBuf,\n}";
        assert_eq!(field(&lines(text), 3), Some(("--conf".into(), None, false)));
        let text = "#[derive(Parser)]\nstruct Cli {\n pub config_path: Option<PathBuf>,\n}";
        assert_eq!(field(&lines(text), 2), Some((String::new(), None, true)));
        let text = "#[derive(Deserialize)]\nstruct Cli {\n pub config: String,\n}";
        assert_eq!(field(&lines(text), 2), None);
    }

    #[test]
    fn built_command_lines_and_subcommands() {
        let text = ".arg(Arg::new(\"config\")\n .short('c')\n .long(\"config\").default_value(\"./c.cfg\"))";
        assert_eq!(builder(&lines(text), 0), Some(("--config".into(), Some("./c.cfg".into()), true)));
        let text = "#[derive(Subcommand)]\nenum Command {\n    /// Serves\n    Serve {\n a: u8 },\n #[command(name = \"up\")]\n Run(Args),\n}";
        assert_eq!(subcommand(&lines(text), 3, lines(text)[3]), Some("serve".into()));
        assert_eq!(subcommand(&lines(text), 6, lines(text)[6]), Some("up".into()));
        let text = "enum State {\n Run,\n}";
        assert_eq!(subcommand(&lines(text), 1, lines(text)[1]), None);
        let text = ".subcommand(\n Command::new(\"server\")";
        assert_eq!(subcommand(&lines(text), 1, lines(text)[1]), Some("server".into()));
    }
}

//! A service whose program comes from elsewhere: no package has made links to programs under other names, so the
//! service makes them itself when it starts, and only then.
use crate::support::Env;

const RECIPE: &str = r#"
[upstream]
name = "herd"
[package]
comment = "Server for a herd of one"
[service]
command = ["{bin}/herd", "--config", "{config.main}"]
user = "herd"
[[service.config]]
id = "main"
path = "{sysconf}/herd.yaml"
mode = "0640"
[[program]]
name = "ffmpeg"
[[program]]
name = "exiftool"
[[option]]
name = "native"
group = "sqlite"
memory = "128M"
[option.on.netbsd]
default = true
settings = { "main:journal-mode" = "TRUNCATE" }
[option.on.illumos]
broken = "it does not compile there"
[[option]]
name = "wasm"
group = "sqlite"
memory = "4G"
"#;

fn written() -> Env {
    let env = Env::new();
    env.write("herd.toml", RECIPE);
    env.generate(&["herd.toml"]);
    env
}

#[test]
fn no_package_is_written() {
    let names: Vec<String> = written().files(".").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["herd.toml", "rc.d/freebsd/herd", "rc.d/netbsd/herd", "smf/herd.xml"]);
}

#[test]
fn rc_d_makes_the_links_when_it_starts() {
    let script = written().read("rc.d/netbsd/herd");
    let function = |name: &str| {
        let start = script.find(&format!("\n{name}()\n")).unwrap_or_else(|| panic!("no {name} in\n{script}"));
        let end = script[start..].find("\n}\n").expect("end");
        script[start..start + end].to_owned()
    };
    assert!(function("herd_links").contains("ln -sf /usr/pkg/bin/ffmpeg7 /var/run/herd.bin/ffmpeg"), "{script}");
    assert!(function("herd_precmd").contains("herd_links"), "{script}");
    // `check` changes nothing, and knows what the links will give.
    let ready = function("herd_ready");
    assert!(!ready.contains("ln -sf") && ready.contains("[ -x /usr/pkg/bin/ffmpeg7 ]"), "{ready}");
    assert!(ready.contains("_programs=\"exiftool\""), "{ready}");
    assert!(script.contains("PATH=/var/run/herd.bin:/usr/pkg/sbin:/usr/pkg/bin:"), "{script}");
}

#[test]
fn smf_makes_the_links_in_the_start_method() {
    let env = written();
    let manifest = env.read("smf/herd.xml");
    let document = roxmltree::Document::parse_with_options(
        &manifest,
        roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
    )
    .expect("XML");
    let start = document.descendants().find(|node| node.attribute("name") == Some("start")).expect("start");
    let exec = start.attribute("exec").expect("exec");
    assert!(exec.contains("ln -sf /opt/local/bin/ffmpeg7 /var/db/herd/bin/ffmpeg; "), "{exec}");
    assert!(manifest.contains("value=\"/var/db/herd/bin:/opt/local/sbin:/opt/local/bin:"), "{manifest}");
}

#[test]
fn the_option_of_the_os_is_said() {
    let env = written();
    let script = env.read("rc.d/netbsd/herd");
    assert!(script.contains("# Needs 128 MB of memory.") && script.contains("# Made for the build option native."));
    assert!(script.contains("journal-mode = TRUNCATE: the build option native needs it"), "{script}");
    let manifest = env.read("smf/herd.xml");
    assert!(manifest.contains("Needs 4 GB of memory.") && manifest.contains("Made for the build option wasm."));
    assert!(manifest.contains("Not with the build option native: it does not compile there."), "{manifest}");
}

#[test]
fn what_is_said_of_one_os_reaches_its_service_manager_only() {
    let env = Env::new();
    env.write("srv/Cargo.toml", "[package]\nname = \"srv\"\nversion = \"1.0.0\"\nedition = \"2021\"\nlicense = \"ISC\"\ndescription = \"Small server\"\n");
    env.write("srv/Cargo.lock", "version = 4\n\n[[package]]\nname = \"srv\"\nversion = \"1.0.0\"\n");
    env.write("srv/src/main.rs", "fn main() {}\n");
    let recipe = "[upstream]\npath = \".\"\n[package]\ncategories = [\"net\"]\n[service]\ncommand = [\"{bin}/srv\"]\nuser = \"srv\"\n\
        [os.illumos]\nenvironment = { ONLY_THERE = \"1\" }\n[os.netbsd]\nenvironment = { ONLY_HERE = \"1\" }\n";
    env.write("srv/portwright.toml", recipe);
    env.generate(&["srv/portwright.toml", "--out", "out"]);
    let manifest = env.read("out/pkgsrc/net/srv/files/smf/manifest.xml");
    let script = env.read("out/pkgsrc/net/srv/files/srv.sh");
    assert!(manifest.contains("ONLY_THERE") && !manifest.contains("ONLY_HERE"), "{manifest}");
    assert!(script.contains("ONLY_HERE=1") && !script.contains("ONLY_THERE"), "{script}");
    assert!(manifest.contains("value=\"@PREFIX@/sbin:@PREFIX@/bin:/usr/sbin:/usr/bin:/sbin\""), "{manifest}");
}

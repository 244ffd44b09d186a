//! NetBSD and pkgsrc: shared libraries, and versions of programs.
use crate::situation::{Situation, plain};
use crate::support::Family::Netbsd;
use crate::support::elf;

const LINK: &str = "/usr/pkg/libexec/lantern/bin/ffmpeg";

/// Libraries and versions in a root.
pub(crate) fn libraries() -> Vec<Situation> {
    vec![
        plain(Netbsd, "a library of the server is missing", "bad PW6004", |r| {
            r.remove("/usr/pkg/lib/libwax.so.1");
        }),
        plain(Netbsd, "a library of a library is missing", "bad PW6004", |r| {
            r.remove("/usr/lib/libc.so.12");
        }),
        plain(Netbsd, "a server for another system", "bad PW6004", |r| {
            r.remove("/libexec/ld.elf_so");
        }),
        plain(Netbsd, "a script whose interpreter is missing", "bad PW6004", |r| {
            r.write("/usr/pkg/bin/ffmpeg7", "#!/usr/pkg/bin/perl\n").mode("/usr/pkg/bin/ffmpeg7", 0o755);
        }),
        plain(Netbsd, "an ELF file that is cut off", "unknown PW6004", |r| {
            r.write("/usr/pkg/bin/ffmpeg7", "\x7fELF\x02\x01\x01").mode("/usr/pkg/bin/ffmpeg7", 0o755);
        }),
        plain(Netbsd, "a library that only the server's RUNPATH would lead to", "bad PW6004", |r| {
            r.write("/usr/pkg/lib/libwax.so.1", elf("", &["libwick.so.1"], ""));
            r.write("/usr/pkg/lib/libwick.so.1", elf("", &[], ""));
        }),
        plain(Netbsd, "a library for another machine", "bad PW6004", |r| {
            let mut library = elf("", &[], "");
            library[18] = 183;
            r.write("/usr/lib/libc.so.12", library);
        }),
        plain(Netbsd, "an old ffmpeg", "bad PW6002", |r| {
            r.remove("/usr/pkg/pkgdb/ffmpeg7-7.1")
                .write("/usr/pkg/pkgdb/ffmpeg7-4.4.1nb2/+CONTENTS", "@cwd /usr/pkg\nbin/ffmpeg7\n");
        }),
        plain(Netbsd, "an ffmpeg of no package", "unknown PW6002", |r| {
            r.remove("/usr/pkg/pkgdb/ffmpeg7-7.1");
        }),
        plain(Netbsd, "an ffmpeg that is not the package's", "unknown PW6002", |r| {
            let other = "/usr/pkg/libexec/lantern/bin/own";
            r.write(other, elf("", &[], "")).mode(other, 0o755).link(LINK, "own");
        }),
    ]
}

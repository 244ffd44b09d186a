#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: acme
# REQUIRE: DAEMON
# KEYWORD: shutdown

$_rc_subr_loaded . /etc/rc.subr

name="acme"
rcvar=$name
command="@PREFIX@/sbin/daemonize"
procname="@PREFIX@/sbin/acme"
pidfile="@VARBASE@/run/acme.pid"

load_rc_config $name

: ${acme_runas:="@ACME_USER@"}
command_args="-p ${pidfile} -u ${acme_runas} -c @ACME_HOME@ @PREFIX@/sbin/acme --config @PKG_SYSCONFDIR@/acme.toml"

run_rc_command "$1"

#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: lamp
# REQUIRE: DAEMON

$_rc_subr_loaded . @SYSCONFBASE@/rc.subr

name="lamp"
rcvar=$name
command="@PREFIX@/sbin/daemonize"
procname="@PREFIX@/bin/lamp"
extra_commands="reload"

load_rc_config $name
: ${lamp_config:="@PKG_SYSCONFDIR@/lamp.conf"}
command_args="-u @LAMP_USER@ @PREFIX@/bin/lamp ${lamp_config}"

run_rc_command "$1"

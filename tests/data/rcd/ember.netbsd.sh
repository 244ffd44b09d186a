#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: ember
# REQUIRE: DAEMON

. /etc/rc.subr

name="ember"
rcvar=$name
command="@PREFIX@/sbin/ember"
command_args="--quiet"

load_rc_config $name
run_rc_command "$1"

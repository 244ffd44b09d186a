#!@RCD_SCRIPTS_SHELL@
#
# PROVIDE: gotosocial
# REQUIRE: DAEMON NETWORKING

. /etc/rc.subr

name="gotosocial"
rcvar=$name
command="@PREFIX@/bin/gotosocial"
start_postcmd="gotosocial_postcmd"

load_rc_config $name

: ${gotosocial_config:="@PKG_SYSCONFDIR@/config.yaml"}
: ${gotosocial_user:="@GOTOSOCIAL_USER@"}
: ${gotosocial_env:="HOME=@VARBASE@/db/gotosocial PATH=@PREFIX@/bin:/usr/bin:/bin"}

command_args="--config-path ${gotosocial_config} server start >>@VARBASE@/log/gotosocial.log 2>&1 </dev/null &"

gotosocial_postcmd()
{
	sleep 1
	[ -n "$(check_process "${command}")" ]
}

run_rc_command "$1"

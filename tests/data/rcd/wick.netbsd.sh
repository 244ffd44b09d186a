#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: wick
# REQUIRE: DAEMON

. /etc/rc.subr

name="wick"
rcvar=$name
command="@PREFIX@/bin/wick"
start_postcmd="wick_postcmd"
wick_env="HOME=@VARBASE@/db/wick PATH=@PREFIX@/bin:/usr/bin:/bin"
command_args="-f </dev/null & echo \$! >${pidfile}"
pidfile="@VARBASE@/run/wick.pid"

wick_postcmd()
{
	sleep 1
	check_process "${command}" >/dev/null
}

load_rc_config $name
required_dirs="@VARBASE@/db/wick"
run_rc_command "$1"

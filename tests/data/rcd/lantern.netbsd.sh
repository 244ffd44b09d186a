#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: lantern
# REQUIRE: DAEMON NETWORKING
# KEYWORD: shutdown

. /etc/rc.subr

name="lantern"
rcvar=$name
command="@PREFIX@/bin/lantern"
extra_commands="reload configtest"
configtest_cmd="lantern_configtest"
start_precmd="lantern_precmd"
start_postcmd="lantern_postcmd"
stop_postcmd="lantern_stopped"

load_rc_config $name

: ${lantern_config:="@PKG_SYSCONFDIR@/lantern.conf"}
: ${lantern_user:="@LANTERN_USER@"}
: ${lantern_chdir:="@VARBASE@/db/lantern"}
: ${lantern_log:="@VARBASE@/log/lantern.log"}
: ${lantern_cache:="@VARBASE@/cache/lantern"}

required_files="${lantern_config}"
command_args="--title Lantern --config ${lantern_config} >>${lantern_log} 2>&1 </dev/null &"

lantern_configtest()
{
	@PREFIX@/bin/python3 @PREFIX@/libexec/lantern/check.py
}

lantern_precmd()
{
	lantern_day=$(date | head -n 1)
	mkdir -p @VARBASE@/run/lantern
	chown @LANTERN_USER@ @VARBASE@/run/lantern
	echo "${lantern_day}" >@VARBASE@/run/lantern/day
}

lantern_postcmd()
{
	sleep 1
	if [ -n "${rc_pid}" ]; then
		return 0
	fi
}

lantern_stopped()
{
	lantern_tmp=$(mktemp -d)
	rm -rf "${lantern_tmp:?}/old"
}

run_rc_command "$1"

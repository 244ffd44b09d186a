#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: loom
# REQUIRE: DAEMON
# KEYWORD: shutdown

$_rc_subr_loaded . /etc/rc.subr

name="loom"
rcvar=$name
command="@PREFIX@/sbin/loom"
pidfile="@VARBASE@/run/loom/loom.pid"
extra_commands="check"
start_precmd="loom_precmd"
start_postcmd="loom_postcmd"
restart_precmd="loom_ready"
restart_postcmd="loom_running"
stop_postcmd="rm -f @VARBASE@/run/loom/loom.pid"
check_cmd="loom_check"

load_rc_config $name

: "${loom_user:=@LOOM_USER@}"
: "${loom_chdir:=@LOOM_HOME@}"
: "${loom_log:=@LOOM_LOGDIR@/loom.log}"
# What rc.conf sets comes last and wins.
loom_env="HOME=@LOOM_HOME@ PATH=@PREFIX@/sbin:@PREFIX@/bin:/usr/sbin:/usr/bin:/sbin:/bin LOOM_WIDTH=90 ${loom_env}"

# Runs a command as the service's user.
loom_as_user()
{
	if [ "$(id -un)" = "${loom_user}" ]; then
		/bin/sh -c "$1"
	else
		su -m "${loom_user}" -c "$1"
	fi
}

# Says in one line what keeps the server from running.
loom_ready()
{
	case "${loom_env}" in
	*[\&\;\|\<\>\(\)\$\\\"\'\`{}]*)
		warn "not started, loom_env has one of & ; | < > ( ) \$ \\ \" ' \` { }, which rc.subr's eval would take for its own"
		return 1 ;;
	esac
	# rc.subr gives this to the server; here it makes the tests see the server's PATH.
	for _variable in ${loom_env}; do
		export "${_variable?}"
	done
	if [ ! -x "${command}" ]; then
		warn "not started, ${command} is not there"
		return 1
	fi
	if ! id "${loom_user}" >/dev/null 2>&1; then
		warn "not started, there is no user ${loom_user}"
		return 1
	fi
	_logdir="${loom_log}"
	for _directory in ${loom_chdir} "${_logdir%/*}"; do
		if ! loom_as_user "test -d ${_directory} && test -w ${_directory}"; then
			warn "not started, ${_directory} is not a directory writable by ${loom_user}"
			return 1
		fi
	done
	return 0
}

loom_check()
{
	if loom_ready; then
		echo "loom: nothing keeps it from starting."
	else
		return 1
	fi
}

loom_precmd()
{
	loom_ready || return 1
	# /var/run is emptied at boot.
	mkdir -p @VARBASE@/run/loom &&
	    chown "${loom_user}" @VARBASE@/run/loom || return 1
	# A left-over that the user cannot write would leave a server nobody knows.
	rm -f "${pidfile}" || return 1
	# rc.subr hands the command through su and a second sh, which the
	# dollar is for; without su there is one shell less.
	if [ "$(id -un)" = "${loom_user}" ]; then
		_pid='$!'
	else
		_pid='\$!'
	fi
	_before=$(wc -c 2>/dev/null <"${loom_log}" || echo 0)
	command_args=">>${loom_log} 2>&1 </dev/null & echo ${_pid} >${pidfile}"
}

loom_running()
{
	[ -n "$(check_pidfile "${pidfile}" "${command}")" ] || exit 1
}

# A server that cannot run says so in its log and is gone at once.
loom_postcmd()
{
	sleep 1
	if [ -z "$(check_pidfile "${pidfile}" "${command}")" ]; then
		warn "started and ended at once; it left in ${loom_log}:"
		tail -c "+$((_before + 1))" "${loom_log}" | head -n 10 >&2
		rm -f "${pidfile}"
		exit 1
	fi
}

run_rc_command "$1"

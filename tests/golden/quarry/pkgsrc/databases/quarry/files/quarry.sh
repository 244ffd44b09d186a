#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: quarry
# REQUIRE: DAEMON
# KEYWORD: shutdown

$_rc_subr_loaded . /etc/rc.subr

name="quarry"
rcvar=$name
command="@PREFIX@/sbin/quarry"
pidfile="@VARBASE@/run/quarry/quarry.pid"
extra_commands="check"
start_precmd="quarry_precmd"
start_postcmd="quarry_postcmd"
restart_precmd="quarry_ready"
restart_postcmd="quarry_running"
stop_postcmd="rm -f @VARBASE@/run/quarry/quarry.pid"
check_cmd="quarry_check"

load_rc_config $name

: "${quarry_user:=@QUARRY_USER@}"
: "${quarry_config:=@PKG_SYSCONFDIR@/quarry.toml}"
: "${quarry_chdir:=@QUARRY_HOME@}"
: "${quarry_log:=@QUARRY_LOGDIR@/quarry.log}"
: "${quarry_args:=--config=${quarry_config}}"
# What rc.conf sets comes last and wins.
quarry_env="HOME=@QUARRY_HOME@ PATH=@PREFIX@/libexec/quarry/bin:@PREFIX@/sbin:@PREFIX@/bin:/usr/sbin:/usr/bin:/sbin:/bin ${quarry_env}"

required_files="${quarry_config}"

# Runs a command as the service's user.
quarry_as_user()
{
	if [ "$(id -un)" = "${quarry_user}" ]; then
		/bin/sh -c "$1"
	else
		su -m "${quarry_user}" -c "$1"
	fi
}

# Says in one line what keeps the server from running.
quarry_ready()
{
	case "${quarry_env}" in
	*[\&\;\|\<\>\(\)\$\\\"\'\`{}]*)
		warn "not started, quarry_env has one of & ; | < > ( ) \$ \\ \" ' \` { }, which rc.subr's eval would take for its own"
		return 1 ;;
	esac
	# rc.subr gives this to the server; here it makes the tests see the server's PATH.
	for _variable in ${quarry_env}; do
		export "${_variable?}"
	done
	if [ ! -x "${command}" ]; then
		warn "not started, ${command} is not there"
		return 1
	fi
	if ! id "${quarry_user}" >/dev/null 2>&1; then
		warn "not started, there is no user ${quarry_user}"
		return 1
	fi
	if ! quarry_as_user "test -r ${quarry_config}"; then
		warn "not started, ${quarry_config} is not readable by ${quarry_user}"
		return 1
	fi
	_logdir="${quarry_log}"
	for _directory in ${quarry_chdir} "${_logdir%/*}"; do
		if ! quarry_as_user "test -d ${_directory} && test -w ${_directory}"; then
			warn "not started, ${_directory} is not a directory writable by ${quarry_user}"
			return 1
		fi
	done
	return 0
}

quarry_check()
{
	if quarry_ready; then
		echo "quarry: nothing keeps it from starting."
	else
		return 1
	fi
}

quarry_precmd()
{
	quarry_ready || return 1
	# /var/run is emptied at boot.
	mkdir -p @VARBASE@/run/quarry &&
	    chown "${quarry_user}" @VARBASE@/run/quarry || return 1
	# A left-over that the user cannot write would leave a server nobody knows.
	rm -f "${pidfile}" || return 1
	# rc.subr hands the command through su and a second sh, which the
	# dollar is for; without su there is one shell less.
	if [ "$(id -un)" = "${quarry_user}" ]; then
		_pid='$!'
	else
		_pid='\$!'
	fi
	_before=$(wc -c 2>/dev/null <"${quarry_log}" || echo 0)
	command_args="${quarry_args} >>${quarry_log} 2>&1 </dev/null & echo ${_pid} >${pidfile}"
}

quarry_running()
{
	[ -n "$(check_pidfile "${pidfile}" "${command}")" ] || exit 1
}

# A server that cannot run says so in its log and is gone at once.
quarry_postcmd()
{
	sleep 1
	if [ -z "$(check_pidfile "${pidfile}" "${command}")" ]; then
		warn "started and ended at once; it left in ${quarry_log}:"
		tail -c "+$((_before + 1))" "${quarry_log}" | head -n 10 >&2
		rm -f "${pidfile}"
		exit 1
	fi
}

run_rc_command "$1"

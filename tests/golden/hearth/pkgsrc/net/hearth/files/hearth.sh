#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: hearth
# REQUIRE: DAEMON NETWORKING
# KEYWORD: shutdown

$_rc_subr_loaded . /etc/rc.subr

name="hearth"
rcvar=$name
command="@PREFIX@/sbin/hearth"
pidfile="@VARBASE@/run/hearth/hearth.pid"
extra_commands="check configtest reload"
start_precmd="hearth_precmd"
start_postcmd="hearth_postcmd"
restart_precmd="hearth_configtest"
restart_postcmd="hearth_running"
stop_postcmd="rm -f @VARBASE@/run/hearth/hearth.pid"
check_cmd="hearth_check"
configtest_cmd="hearth_configtest"

load_rc_config $name

: "${hearth_user:=@HEARTH_USER@}"
: "${hearth_config:=@PKG_SYSCONFDIR@/hearth.toml}"
: "${hearth_chdir:=@HEARTH_HOME@}"
: "${hearth_log:=@HEARTH_LOGDIR@/hearth.log}"
: "${hearth_nofiles:=512}"
: "${hearth_args:=--config ${hearth_config} serve}"
# What rc.conf sets comes last and wins.
hearth_env="HOME=@HEARTH_HOME@ PATH=@PREFIX@/libexec/hearth/bin:@PREFIX@/sbin:@PREFIX@/bin:/usr/sbin:/usr/bin:/sbin:/bin RUST_LOG=warn ${hearth_env}"

required_files="${hearth_config}"

# Runs a command as the service's user.
hearth_as_user()
{
	if [ "$(id -un)" = "${hearth_user}" ]; then
		/bin/sh -c "$1"
	else
		su -m "${hearth_user}" -c "$1"
	fi
}

# Says in one line what keeps the server from running.
hearth_ready()
{
	case "${hearth_env}" in
	*[\&\;\|\<\>\(\)\$\\\"\'\`{}]*)
		warn "not started, hearth_env has one of & ; | < > ( ) \$ \\ \" ' \` { }, which rc.subr's eval would take for its own"
		return 1 ;;
	esac
	# rc.subr gives this to the server; here it makes the tests see the server's PATH.
	for _variable in ${hearth_env}; do
		export "${_variable?}"
	done
	if [ ! -x "${command}" ]; then
		warn "not started, ${command} is not there"
		return 1
	fi
	if ! id "${hearth_user}" >/dev/null 2>&1; then
		warn "not started, there is no user ${hearth_user}"
		return 1
	fi
	_missing=
	_programs="ffmpeg"
	for _program in ${_programs}; do
		command -v "${_program}" >/dev/null || _missing="${_missing} ${_program}"
	done
	if [ -n "${_missing}" ]; then
		warn "not started, not found in the PATH of the service:${_missing} (PATH is ${PATH})"
		return 1
	fi
	if ! hearth_as_user "test -r ${hearth_config}"; then
		warn "not started, ${hearth_config} is not readable by ${hearth_user}"
		return 1
	fi
	_logdir="${hearth_log}"
	for _directory in ${hearth_chdir} @HEARTH_HOME@/files "${_logdir%/*}"; do
		if ! hearth_as_user "test -d ${_directory} && test -w ${_directory}"; then
			warn "not started, ${_directory} is not a directory writable by ${hearth_user}"
			return 1
		fi
	done
	return 0
}

hearth_check()
{
	if hearth_ready; then
		echo "hearth: nothing keeps it from starting."
	else
		return 1
	fi
}

hearth_configtest()
{
	hearth_ready &&
	hearth_as_user "cd ${hearth_chdir} && exec @PREFIX@/sbin/hearth --config ${hearth_config} check"
}

hearth_precmd()
{
	hearth_ready || return 1
	# /var/run is emptied at boot.
	mkdir -p @VARBASE@/run/hearth &&
	    chown "${hearth_user}" @VARBASE@/run/hearth || return 1
	# A left-over that the user cannot write would leave a server nobody knows.
	rm -f "${pidfile}" || return 1
	ulimit -S -n "${hearth_nofiles}" 2>/dev/null || ulimit -S -n "$(ulimit -H -n)"
	# rc.subr hands the command through su and a second sh, which the
	# dollar is for; without su there is one shell less.
	if [ "$(id -un)" = "${hearth_user}" ]; then
		_pid='$!'
	else
		_pid='\$!'
	fi
	_before=$(wc -c 2>/dev/null <"${hearth_log}" || echo 0)
	command_args="${hearth_args} >>${hearth_log} 2>&1 </dev/null & echo ${_pid} >${pidfile}"
}

hearth_running()
{
	[ -n "$(check_pidfile "${pidfile}" "${command}")" ] || exit 1
}

# A server that cannot run says so in its log and is gone at once.
hearth_postcmd()
{
	sleep 1
	if [ -z "$(check_pidfile "${pidfile}" "${command}")" ]; then
		warn "started and ended at once; it left in ${hearth_log}:"
		tail -c "+$((_before + 1))" "${hearth_log}" | head -n 10 >&2
		rm -f "${pidfile}"
		exit 1
	fi
}

run_rc_command "$1"

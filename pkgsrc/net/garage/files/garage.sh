#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: garage
# REQUIRE: DAEMON NETWORKING
# KEYWORD: shutdown

$_rc_subr_loaded . /etc/rc.subr

name="garage"
rcvar=$name
command="@PREFIX@/sbin/garage"
pidfile="@VARBASE@/run/garage/garage.pid"
extra_commands="check"
start_precmd="garage_precmd"
start_postcmd="garage_postcmd"
restart_precmd="garage_ready"
restart_postcmd="garage_running"
stop_postcmd="rm -f @VARBASE@/run/garage/garage.pid"
check_cmd="garage_check"

load_rc_config $name

: "${garage_user:=@GARAGE_USER@}"
: "${garage_config:=@PKG_SYSCONFDIR@/garage.toml}"
: "${garage_chdir:=@GARAGE_HOME@}"
: "${garage_log:=@GARAGE_LOGDIR@/garage.log}"
: "${garage_nofiles:=42000}"
: "${garage_args:=-c ${garage_config} server}"
# What rc.conf sets comes last and wins.
garage_env="HOME=@GARAGE_HOME@ PATH=@PREFIX@/sbin:@PREFIX@/bin:/usr/sbin:/usr/bin:/sbin:/bin NO_COLOR=1 RUST_LOG=garage=info ${garage_env}"

required_files="${garage_config}"

# Runs a command as the service's user.
garage_as_user()
{
	if [ "$(id -un)" = "${garage_user}" ]; then
		/bin/sh -c "$1"
	else
		su -m "${garage_user}" -c "$1"
	fi
}

# Says in one line what keeps the server from running.
garage_ready()
{
	case "${garage_env}" in
	*[\&\;\|\<\>\(\)\$\\\"\'\`{}]*)
		warn "not started, garage_env has one of & ; | < > ( ) \$ \\ \" ' \` { }, which rc.subr's eval would take for its own"
		return 1 ;;
	esac
	# rc.subr gives this to the server; here it makes the tests see the server's PATH.
	for _variable in ${garage_env}; do
		export "${_variable?}"
	done
	if [ ! -x "${command}" ]; then
		warn "not started, ${command} is not there"
		return 1
	fi
	if ! id "${garage_user}" >/dev/null 2>&1; then
		warn "not started, there is no user ${garage_user}"
		return 1
	fi
	if ! garage_as_user "test -r ${garage_config}"; then
		warn "not started, ${garage_config} is not readable by ${garage_user}"
		return 1
	fi
	_logdir="${garage_log}"
	for _directory in ${garage_chdir} @GARAGE_HOME@/meta @GARAGE_HOME@/data "${_logdir%/*}"; do
		if ! garage_as_user "test -d ${_directory} && test -w ${_directory}"; then
			warn "not started, ${_directory} is not a directory writable by ${garage_user}"
			return 1
		fi
	done
	return 0
}

garage_check()
{
	if garage_ready; then
		echo "garage: nothing keeps it from starting."
	else
		return 1
	fi
}

garage_precmd()
{
	garage_ready || return 1
	# /var/run is emptied at boot.
	mkdir -p @VARBASE@/run/garage &&
	    chown "${garage_user}" @VARBASE@/run/garage || return 1
	# A left-over that the user cannot write would leave a server nobody knows.
	rm -f "${pidfile}" || return 1
	ulimit -S -n "${garage_nofiles}" 2>/dev/null || ulimit -S -n "$(ulimit -H -n)"
	# rc.subr hands the command through su and a second sh, which the
	# dollar is for; without su there is one shell less.
	if [ "$(id -un)" = "${garage_user}" ]; then
		_pid='$!'
	else
		_pid='\$!'
	fi
	_before=$(wc -c 2>/dev/null <"${garage_log}" || echo 0)
	command_args="${garage_args} >>${garage_log} 2>&1 </dev/null & echo ${_pid} >${pidfile}"
}

garage_running()
{
	[ -n "$(check_pidfile "${pidfile}" "${command}")" ] || exit 1
}

# A server that cannot run says so in its log and is gone at once.
garage_postcmd()
{
	sleep 1
	if [ -z "$(check_pidfile "${pidfile}" "${command}")" ]; then
		warn "started and ended at once; it left in ${garage_log}:"
		tail -c "+$((_before + 1))" "${garage_log}" | head -n 10 >&2
		rm -f "${pidfile}"
		exit 1
	fi
}

run_rc_command "$1"

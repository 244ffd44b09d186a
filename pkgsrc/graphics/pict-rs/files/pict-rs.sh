#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: pict_rs
# REQUIRE: DAEMON NETWORKING
# KEYWORD: shutdown

$_rc_subr_loaded . /etc/rc.subr

name="pict_rs"
rcvar=$name
command="@PREFIX@/sbin/pict-rs"
pidfile="@VARBASE@/run/pict-rs/pict-rs.pid"
extra_commands="check"
start_precmd="pict_rs_precmd"
start_postcmd="pict_rs_postcmd"
restart_precmd="pict_rs_ready"
restart_postcmd="pict_rs_running"
stop_postcmd="rm -f @VARBASE@/run/pict-rs/pict-rs.pid"
check_cmd="pict_rs_check"

load_rc_config $name

: "${pict_rs_user:=@PICT_RS_USER@}"
: "${pict_rs_config:=@PKG_SYSCONFDIR@/pict-rs.toml}"
: "${pict_rs_chdir:=@PICT_RS_HOME@}"
: "${pict_rs_log:=@PICT_RS_LOGDIR@/pict-rs.log}"
: "${pict_rs_nofiles:=2048}"
: "${pict_rs_args:=--config-file ${pict_rs_config} run}"
# What rc.conf sets comes last and wins.
pict_rs_env="HOME=@PICT_RS_HOME@ PATH=@PREFIX@/libexec/pict-rs/bin:@PREFIX@/sbin:@PREFIX@/bin:/usr/sbin:/usr/bin:/sbin:/bin ${pict_rs_env}"

required_files="${pict_rs_config}"

# Runs a command as the service's user.
pict_rs_as_user()
{
	if [ "$(id -un)" = "${pict_rs_user}" ]; then
		/bin/sh -c "$1"
	else
		su -m "${pict_rs_user}" -c "$1"
	fi
}

# Says in one line what keeps the server from running.
pict_rs_ready()
{
	case "${pict_rs_env}" in
	*[\&\;\|\<\>\(\)\$\\\"\'\`{}]*)
		warn "not started, pict_rs_env has one of & ; | < > ( ) \$ \\ \" ' \` { }, which rc.subr's eval would take for its own"
		return 1 ;;
	esac
	# rc.subr gives this to the server; here it makes the tests see the server's PATH.
	for _variable in ${pict_rs_env}; do
		export "${_variable?}"
	done
	if [ ! -x "${command}" ]; then
		warn "not started, ${command} is not there"
		return 1
	fi
	if ! id "${pict_rs_user}" >/dev/null 2>&1; then
		warn "not started, there is no user ${pict_rs_user}"
		return 1
	fi
	_missing=
	_programs="ffmpeg ffprobe magick exiftool"
	for _program in ${_programs}; do
		command -v "${_program}" >/dev/null || _missing="${_missing} ${_program}"
	done
	if [ -n "${_missing}" ]; then
		warn "not started, not found in the PATH of the service:${_missing} (PATH is ${PATH})"
		return 1
	fi
	if ! pict_rs_as_user "test -r ${pict_rs_config}"; then
		warn "not started, ${pict_rs_config} is not readable by ${pict_rs_user}"
		return 1
	fi
	_logdir="${pict_rs_log}"
	for _directory in ${pict_rs_chdir} "${_logdir%/*}"; do
		if ! pict_rs_as_user "test -d ${_directory} && test -w ${_directory}"; then
			warn "not started, ${_directory} is not a directory writable by ${pict_rs_user}"
			return 1
		fi
	done
	return 0
}

pict_rs_check()
{
	if pict_rs_ready; then
		echo "pict_rs: nothing keeps it from starting."
	else
		return 1
	fi
}

pict_rs_precmd()
{
	pict_rs_ready || return 1
	# /var/run is emptied at boot.
	mkdir -p @VARBASE@/run/pict-rs &&
	    chown "${pict_rs_user}" @VARBASE@/run/pict-rs || return 1
	# A left-over that the user cannot write would leave a server nobody knows.
	rm -f "${pidfile}" || return 1
	ulimit -S -n "${pict_rs_nofiles}" 2>/dev/null || ulimit -S -n "$(ulimit -H -n)"
	# rc.subr hands the command through su and a second sh, which the
	# dollar is for; without su there is one shell less.
	if [ "$(id -un)" = "${pict_rs_user}" ]; then
		_pid='$!'
	else
		_pid='\$!'
	fi
	_before=$(wc -c 2>/dev/null <"${pict_rs_log}" || echo 0)
	command_args="${pict_rs_args} >>${pict_rs_log} 2>&1 </dev/null & echo ${_pid} >${pidfile}"
}

pict_rs_running()
{
	[ -n "$(check_pidfile "${pidfile}" "${command}")" ] || exit 1
}

# A server that cannot run says so in its log and is gone at once.
pict_rs_postcmd()
{
	sleep 1
	if [ -z "$(check_pidfile "${pidfile}" "${command}")" ]; then
		warn "started and ended at once; it left in ${pict_rs_log}:"
		tail -c "+$((_before + 1))" "${pict_rs_log}" | head -n 10 >&2
		rm -f "${pidfile}"
		exit 1
	fi
}

run_rc_command "$1"

#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: nostr_rs_relay
# REQUIRE: DAEMON NETWORKING SERVERS
# KEYWORD: shutdown

$_rc_subr_loaded . /etc/rc.subr

name="nostr_rs_relay"
rcvar=$name
command="@PREFIX@/sbin/nostr-rs-relay"
pidfile="@VARBASE@/run/nostr-rs-relay/nostr-rs-relay.pid"
extra_commands="check"
start_precmd="nostr_rs_relay_precmd"
start_postcmd="nostr_rs_relay_postcmd"
restart_precmd="nostr_rs_relay_ready"
restart_postcmd="nostr_rs_relay_running"
stop_postcmd="rm -f @VARBASE@/run/nostr-rs-relay/nostr-rs-relay.pid"
check_cmd="nostr_rs_relay_check"

load_rc_config $name

: "${nostr_rs_relay_user:=@NOSTR_RS_RELAY_USER@}"
: "${nostr_rs_relay_config:=@PKG_SYSCONFDIR@/config.toml}"
: "${nostr_rs_relay_chdir:=@NOSTR_RS_RELAY_HOME@}"
: "${nostr_rs_relay_log:=@NOSTR_RS_RELAY_LOGDIR@/nostr-rs-relay.log}"
: "${nostr_rs_relay_nofiles:=1024}"
: "${nostr_rs_relay_args:=--config ${nostr_rs_relay_config}}"
# What rc.conf sets comes last and wins.
nostr_rs_relay_env="HOME=@NOSTR_RS_RELAY_HOME@ PATH=@PREFIX@/sbin:@PREFIX@/bin:/usr/sbin:/usr/bin:/sbin:/bin NO_COLOR=1 RUST_LOG=warn,nostr_rs_relay=info ${nostr_rs_relay_env}"

required_files="${nostr_rs_relay_config}"

# Runs a command as the service's user.
nostr_rs_relay_as_user()
{
	if [ "$(id -un)" = "${nostr_rs_relay_user}" ]; then
		/bin/sh -c "$1"
	else
		su -m "${nostr_rs_relay_user}" -c "$1"
	fi
}

# Says in one line what keeps the server from running.
nostr_rs_relay_ready()
{
	case "${nostr_rs_relay_env}" in
	*[\&\;\|\<\>\(\)\$\\\"\'\`{}]*)
		warn "not started, nostr_rs_relay_env has one of & ; | < > ( ) \$ \\ \" ' \` { }, which rc.subr's eval would take for its own"
		return 1 ;;
	esac
	# rc.subr gives this to the server; here it makes the tests see the server's PATH.
	for _variable in ${nostr_rs_relay_env}; do
		export "${_variable?}"
	done
	if [ ! -x "${command}" ]; then
		warn "not started, ${command} is not there"
		return 1
	fi
	if ! id "${nostr_rs_relay_user}" >/dev/null 2>&1; then
		warn "not started, there is no user ${nostr_rs_relay_user}"
		return 1
	fi
	if ! nostr_rs_relay_as_user "test -r ${nostr_rs_relay_config}"; then
		warn "not started, ${nostr_rs_relay_config} is not readable by ${nostr_rs_relay_user}"
		return 1
	fi
	_logdir="${nostr_rs_relay_log}"
	for _directory in ${nostr_rs_relay_chdir} "${_logdir%/*}"; do
		if ! nostr_rs_relay_as_user "test -d ${_directory} && test -w ${_directory}"; then
			warn "not started, ${_directory} is not a directory writable by ${nostr_rs_relay_user}"
			return 1
		fi
	done
	return 0
}

nostr_rs_relay_check()
{
	if nostr_rs_relay_ready; then
		echo "nostr_rs_relay: nothing keeps it from starting."
	else
		return 1
	fi
}

nostr_rs_relay_precmd()
{
	nostr_rs_relay_ready || return 1
	# /var/run is emptied at boot.
	mkdir -p @VARBASE@/run/nostr-rs-relay &&
	    chown "${nostr_rs_relay_user}" @VARBASE@/run/nostr-rs-relay || return 1
	# A left-over that the user cannot write would leave a server nobody knows.
	rm -f "${pidfile}" || return 1
	ulimit -S -n "${nostr_rs_relay_nofiles}" 2>/dev/null || ulimit -S -n "$(ulimit -H -n)"
	# rc.subr hands the command through su and a second sh, which the
	# dollar is for; without su there is one shell less.
	if [ "$(id -un)" = "${nostr_rs_relay_user}" ]; then
		_pid='$!'
	else
		_pid='\$!'
	fi
	_before=$(wc -c 2>/dev/null <"${nostr_rs_relay_log}" || echo 0)
	command_args="${nostr_rs_relay_args} >>${nostr_rs_relay_log} 2>&1 </dev/null & echo ${_pid} >${pidfile}"
}

nostr_rs_relay_running()
{
	[ -n "$(check_pidfile "${pidfile}" "${command}")" ] || exit 1
}

# A server that cannot run says so in its log and is gone at once.
nostr_rs_relay_postcmd()
{
	sleep 1
	if [ -z "$(check_pidfile "${pidfile}" "${command}")" ]; then
		warn "started and ended at once; it left in ${nostr_rs_relay_log}:"
		tail -c "+$((_before + 1))" "${nostr_rs_relay_log}" | head -n 10 >&2
		rm -f "${pidfile}"
		exit 1
	fi
}

run_rc_command "$1"

#!{{ shell }}
#
# $NetBSD$
#
{% for line in head -%}
# {{ line | comment }}
{% endfor -%}
{% if head -%}
#
{% endif -%}
# PROVIDE: {{ ident }}
# REQUIRE: {{ require | words }}
# KEYWORD: shutdown

$_rc_subr_loaded . {{ rc_subr }}

name="{{ ident }}"
rcvar=$name
command="{{ program | dq }}"
pidfile="{{ pidfile | dq }}"
extra_commands="{{ extra_commands | dq }}"
start_precmd="{{ ident }}_precmd"
start_postcmd="{{ ident }}_postcmd"
restart_precmd="{{ ident }}_{% if configtest %}configtest{% else %}ready{% endif %}"
restart_postcmd="{{ ident }}_running"
stop_postcmd="rm -f {{ pidfile | dq }}"
check_cmd="{{ ident }}_check"
{% if configtest -%}
configtest_cmd="{{ ident }}_configtest"
{% endif -%}
{% if sig_stop -%}
sig_stop="{{ sig_stop }}"
{% endif -%}
{% if sig_reload -%}
sig_reload="{{ sig_reload }}"
{% endif %}
load_rc_config $name

{{ user | default_to(name=ident ~ "_user") }}
{% for config in configs -%}
{{ config.path | default_to(name=ident ~ "_" ~ config.variable) }}
{% endfor -%}
{{ directory | default_to(name=ident ~ "_chdir") }}
{{ log | default_to(name=ident ~ "_log") }}
{% if open_files -%}
{{ open_files | default_to(name=ident ~ "_nofiles") }}
{% endif -%}
{% if arguments -%}
{{ arguments | default_to(name=ident ~ "_args") }}
{% endif -%}
# What rc.conf sets comes last and wins.
{{ ident }}_env="HOME={{ home | env_word }} PATH={% for dir in path %}{% if not loop.first %}:{% endif %}{{ dir | env_word }}{% endfor %}{% for variable in environment %} {{ variable.name }}={{ variable.value | env_word }}{% endfor %} {{ v_env | dq }}"
{% if required_files %}
required_files="{{ required_files | rcargs }}"
{% endif %}
# Runs a command as the service's user.
{{ ident }}_as_user()
{
	if [ "$(id -un)" = "{{ v_user | dq }}" ]; then
		/bin/sh -c "$1"
	else
		su -m "{{ v_user | dq }}" -c "$1"
	fi
}

{% if links -%}
# Gives programs the names that the server looks for; there is no package
# that has done it.
{{ ident }}_links()
{
{%- for link in links %}
	[ ! -x {{ link.file }} ] || { mkdir -p {{ link.directory }} && ln -sf {{ link.file }} {{ link.link }}; }
{%- endfor %}
}

{% endif -%}
# Says in one line what keeps the server from running.
{{ ident }}_ready()
{
	case "{{ v_env | dq }}" in
	*[\&\;\|\<\>\(\)\$\\\"\'\`{}]*)
		warn "not started, {{ ident }}_env has one of & ; | < > ( ) \$ \\ \" ' \` { }, which rc.subr's eval would take for its own"
		return 1 ;;
	esac
	# rc.subr gives this to the server; here it makes the tests see the server's PATH.
	for _variable in {{ v_env | rcargs }}; do
		export "${_variable?}"
	done
	if [ ! -x "${command}" ]; then
		warn "not started, ${command} is not there"
		return 1
	fi
{% include "rc.d/before-start.sh" %}
	_logdir={{ v_log }}
	for _directory in {{ writable | rcargs }} "${_logdir%/*}"; do
		if ! {{ ident }}_as_user "test -d ${_directory} && test -w ${_directory}"; then
			warn "not started, ${_directory} is not a directory writable by {{ v_user | dq }}"
			return 1
		fi
	done
{%- for setting in settings %}
	if ! grep -q {{ setting.pattern }} "{{ setting.file | dq }}"; then
		warn "{{ setting.file | dq }} should have {{ setting.key | dq }} = {{ setting.value | dq }}: {{ setting.reason | dq }}"
	fi
{%- endfor %}
	return 0
}

{{ ident }}_check()
{
	if {{ ident }}_ready; then
		echo "{{ ident }}: nothing keeps it from starting."
	else
		return 1
	fi
}
{% if configtest %}
{{ ident }}_configtest()
{
	{{ ident }}_ready &&
	{{ ident }}_as_user "cd {{ v_chdir | dq }} && exec {{ configtest | rcargs }}"
}
{% endif %}
{{ ident }}_precmd()
{
{%- if links %}
	{{ ident }}_links
{%- endif %}
	{{ ident }}_ready || return 1
	# /var/run is emptied at boot.
	mkdir -p {{ run }} &&
	    chown "{{ v_user | dq }}" {{ run }} || return 1
	# A left-over that the user cannot write would leave a server nobody knows.
	rm -f "${pidfile}" || return 1
{%- if open_files %}
	ulimit -S -n "{{ v_nofiles | dq }}" 2>/dev/null || ulimit -S -n "$(ulimit -H -n)"
{%- endif %}
	# rc.subr hands the command through su and a second sh, which the
	# dollar is for; without su there is one shell less.
	if [ "$(id -un)" = "{{ v_user | dq }}" ]; then
		_pid='$!'
	else
		_pid='\$!'
	fi
	_before=$(wc -c 2>/dev/null <"{{ v_log | dq }}" || echo 0)
	command_args="{% if arguments %}{{ v_args | rcargs }} {% endif %}>>{{ v_log | dq }} 2>&1 </dev/null & echo ${_pid} >${pidfile}"
}

{{ ident }}_running()
{
	[ -n "$(check_pidfile "${pidfile}" "${command}")" ] || exit 1
}

# A server that cannot run says so in its log and is gone at once.
{{ ident }}_postcmd()
{
	sleep 1
	if [ -z "$(check_pidfile "${pidfile}" "${command}")" ]; then
		warn "started and ended at once; it left in {{ v_log | dq }}:"
		tail -c "+$((_before + 1))" "{{ v_log | dq }}" | head -n 10 >&2
		rm -f "${pidfile}"
		exit 1
	fi
}

run_rc_command "$1"

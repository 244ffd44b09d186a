#!/bin/sh
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
#
# For rc.conf(5), besides what rc.subr(8) knows for every service:
{% for variable in variables -%}
# {{ variable.name }}:	{{ variable.means | comment }}
{% endfor %}
. {{ rc_subr }}

name="{{ ident }}"
desc="{{ summary | dq }}"
rcvar="{{ ident }}_enable"

load_rc_config $name

: "${ {{- ident -}} _enable:=NO}"
{{ user | default_to(name=ident ~ "_user") }}
{{ group | default_to(name=ident ~ "_group") }}
{% for config in configs -%}
{{ config.path | default_to(name=ident ~ "_" ~ config.variable) }}
{% endfor -%}
{% if arguments -%}
{{ arguments | default_to(name=ident ~ "_args") }}
{% endif -%}
{{ directory | default_to(name=ident ~ "_chdir") }}
{{ env_file | default_to(name=ident ~ "_env_file") }}
{% if open_files -%}
{{ limits | default_to(name=ident ~ "_limits") }}
{% endif -%}
{% if network -%}
: "${ {{- ident -}} _svcj_options:=net_basic}"
{% endif -%}
# What rc.conf sets comes last and wins.
{{ ident }}_env="HOME={{ home | env_word }} PATH={% for dir in path %}{% if not loop.first %}:{% endif %}{{ dir | env_word }}{% endfor %}{% for variable in environment %} {{ variable.name }}={{ variable.value | env_word }}{% endfor %} {{ v_env | dq }}"

program="{{ program | dq }}"
rundir="{{ run | dq }}"
{% if restarts -%}
# daemon(8) starts the server again; it is what is started, stopped and asked for.
pidfile="${rundir}/daemon.pid"
server_pidfile="${rundir}/server.pid"
{% else -%}
# daemon(8) only watches: the server itself gets the signals.
pidfile="${rundir}/server.pid"
procname="${program}"
{% endif -%}
command="/usr/sbin/daemon"
command_args="-f {% if restarts %}-P ${pidfile} -p ${server_pidfile} -r -R 5{% else %}-p ${pidfile}{% endif %} -S -T ${name} ${program}{% if arguments %} {{ v_args | rcargs }}{% endif %}"
{% if required_files -%}
required_files="{{ required_files | rcargs }}"
{% endif -%}
extra_commands="{{ extra_commands | dq }}"
start_precmd="{{ ident }}_prestart"
restart_precmd="{{ ident }}_{% if configtest %}configtest{% else %}ready{% endif %}"
check_cmd="{{ ident }}_check"
{% if configtest -%}
configtest_cmd="{{ ident }}_configtest"
{% endif -%}
{% if sig_stop -%}
sig_stop="{{ sig_stop }}"
{% endif -%}
{% if sig_reload and not restarts -%}
sig_reload="{{ sig_reload }}"
{% endif -%}
{% if sig_reload and restarts -%}
reload_cmd="{{ ident }}_reload"
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
# Gives programs the names that the server looks for; there is no port
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
	# rc.subr gives this to the server; here it makes the tests see the server's PATH.
	eval "export -- {{ v_env | dq }}"
	if [ ! -x "${program}" ]; then
		warn "not started, ${program} is not there"
		return 1
	fi
{% include "rc.d/before-start.sh" %}
	for _directory in {{ writable | rcargs }}; do
		if ! {{ ident }}_as_user "test -d ${_directory} && test -w ${_directory}"; then
			warn "not started, ${_directory} is not a directory writable by {{ v_user | dq }}"
			return 1
		fi
	done
{%- if open_files %}
	if [ "$(${SYSCTL_N} kern.maxfilesperproc)" -lt {{ open_files }} ]; then
		warn "kern.maxfilesperproc is below the {{ open_files }} open files that {{ ident }} wants, see sysctl.conf(5)"
	fi
{%- endif %}
{%- for setting in settings %}
	if ! grep -q {{ setting.pattern }} "{{ setting.file | dq }}"; then
		warn "{{ setting.file | dq }} should have {{ setting.key | dq }} = {{ setting.value | dq }}: {{ setting.reason | dq }}"
	fi
{%- endfor %}
	return 0
}

{{ ident }}_check()
{
	{{ ident }}_ready || return 1
	echo "{{ ident }}: nothing keeps it from starting."
}
{% if configtest %}
{{ ident }}_configtest()
{
	{{ ident }}_ready || return 1
	{{ ident }}_as_user "cd {{ v_chdir | dq }} && exec {{ configtest | rcargs }}"
}
{% endif %}
{{ ident }}_prestart()
{
{%- if links %}
	{{ ident }}_links
{%- endif %}
	{{ ident }}_{% if configtest %}configtest{% else %}ready{% endif %} || return 1
	# /var/run is emptied at boot.
	install -d -o "{{ v_user | dq }}" -g "{{ v_group | dq }}" -m 755 "${rundir}" || return 1
{%- if restarts %}
	# A server whose daemon(8) was killed still has its port and its data.
	_left=$(check_pidfile "${server_pidfile}" "${program}")
	if [ -n "${_left}" ]; then
		warn "ending ${_left}, left over from a daemon(8) that was killed"
		kill -TERM "${_left}"
		wait_for_pids "${_left}"
	fi
	rm -f "${pidfile}" "${server_pidfile}"
{%- else %}
	rm -f "${pidfile}"
{%- endif %}
}
{% if sig_reload and restarts %}
# daemon(8) does not pass the signal on.
{{ ident }}_reload()
{
	_server=$(check_pidfile "${server_pidfile}" "${program}")
	if [ -z "${_server}" ]; then
		warn "not running (check ${server_pidfile})"
		return 1
	fi
	echo "Reloading {{ ident }}."
	kill -{{ sig_reload }} "${_server}"
}
{% endif %}
run_rc_command "$1"

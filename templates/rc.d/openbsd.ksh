#!{{ shell }}
{% if head -%}
#
{% for line in head -%}
# {{ line | comment }}
{% endfor -%}
{% endif %}
daemon="{{ program | dq }}"
daemon_execdir="{{ directory | dq }}"
{% if arguments -%}
daemon_flags="{{ arguments | folded_rcargs(column=14) }}"
{% endif -%}
daemon_logger="daemon.info"
{% if timeout -%}
daemon_timeout={{ timeout }}
{% endif -%}
daemon_user="{{ user | dq }}"

. {{ rc_subr }}

{% if plus -%}
# The command is matched as a regular expression, to which + says something.
pexp=$(print -r -- "${pexp}" | tr + .)

{% endif -%}
rc_bg=YES
{% if no_reload -%}
rc_reload=NO
{% elif reload_signal -%}
rc_reload_signal={{ reload_signal }}
{% endif -%}
{% if stop_signal -%}
rc_stop_signal={{ stop_signal }}
{% endif %}
# rc.subr(8) drops what the functions below print; this is where it would go.
exec 3>&2

refuse() {
	echo >&3
	logger -sp daemon.err -t "${_name}" "$1" 2>&3
	return 1
}

access() {
	rc_exec "test -$1 $2" || refuse "${daemon_user} cannot $3 $2"
}

rc_pre() {
{%- if programs %}
	local _i _missing=
{% endif %}{% if alone %}
	id -u "${daemon_user}" >/dev/null ||
		refuse "there is no user ${daemon_user}" || return 1
	[ -x {{ program }} ] ||
		refuse "{{ program | dq }} is not there" || return 1
{%- endif %}
{%- for link in links %}
	[ ! -x {{ link.file }} ] || {
		mkdir -p {{ link.directory }} &&
		ln -sf {{ link.file }} {{ link.link }}
	}
{%- endfor %}
{%- if run %}
	install -d -o {{ user }} -g {{ group }} -m 0750 {{ run }} ||
		refuse "cannot make {{ run | dq }}" || return 1
{%- endif %}
{%- if looked_for %}
	[ -d "${daemon_execdir}" ] ||
		refuse "${daemon_execdir} is not there" || return 1
{%- endif %}
{%- for directory in writable %}
	access w {{ directory }} "write to" || return 1
{%- endfor %}
{%- for file in readable %}
	access r {{ file }} read || return 1
{%- endfor %}
{%- if programs %}
	for _i in {{ programs | words }}; do
		rc_exec "command -v ${_i} >/dev/null" ||
			_missing="${_missing} ${_i}"
	done
	[ -z "${_missing}" ] ||
		refuse "not found in the PATH of the service:${_missing}"
{%- endif %}
}
{% if configtest %}
rc_configtest() {
	rc_pre || return 1
	rc_exec "{{ configtest | folded_rcargs(column=17) }}" ||
		refuse "the configuration does not pass, see /var/log/daemon"
}
{% endif %}
rc_cmd $1

	if ! id "{{ v_user | dq }}" >/dev/null 2>&1; then
		warn "not started, there is no user {{ v_user | dq }}"
		return 1
	fi
{%- if programs or links %}
	_missing=
{%- if programs %}
	_programs="{{ programs | rcargs }}"
	for _program in ${_programs}; do
		command -v "${_program}" >/dev/null || _missing="${_missing} ${_program}"
	done
{%- endif %}
{%- for link in links %}
	[ -x {{ link.file }} ] || command -v {{ link.name }} >/dev/null || _missing="${_missing} {{ link.name | dq }}"
{%- endfor %}
	if [ -n "${_missing}" ]; then
		warn "not started, not found in the PATH of the service:${_missing} (PATH is ${PATH})"
		return 1
	fi
{%- endif %}
{%- for file in readable %}
	if ! {{ ident }}_as_user "test -r {{ file | dq }}"; then
		warn "not started, {{ file | dq }} is not readable by {{ v_user | dq }}"
		return 1
	fi
{%- endfor %}
{#- The line ends where this is included. -#}

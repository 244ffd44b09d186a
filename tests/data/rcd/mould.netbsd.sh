#!/bin/sh
#
# $NetBSD$
#
# PROVIDE: mould
# REQUIRE: DAEMON

. /etc/rc.subr

name=mould
rcvar=$name
command=/home/mould/bin/mould

load_rc_config $name
run_rc_command "$1"

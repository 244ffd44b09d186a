# $NetBSD$

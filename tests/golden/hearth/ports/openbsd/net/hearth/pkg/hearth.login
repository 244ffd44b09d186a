hearth:\
	:openfiles=512:\
	:setenv=RUST_LOG=warn:\
	:tc=daemon:

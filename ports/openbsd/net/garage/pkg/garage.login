garage:\
	:openfiles=42000:\
	:setenv=NO_COLOR=1,RUST_LOG=garage=info:\
	:tc=daemon:

pict_rs:\
	:openfiles=2048:\
	:tc=daemon:

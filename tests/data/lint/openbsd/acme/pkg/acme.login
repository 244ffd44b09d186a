acme:\
	:openfiles=4096:\
	:tc=daemon:

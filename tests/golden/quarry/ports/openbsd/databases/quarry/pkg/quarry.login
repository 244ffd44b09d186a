quarry:\
	:datasize=8192M:\
	:tc=daemon:

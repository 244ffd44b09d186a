nostr_rs_relay:\
	:openfiles=1024:\
	:setenv=NO_COLOR=1,RUST_LOG=warn\,nostr_rs_relay=info:\
	:tc=daemon:

//! What happens because of findings of several rules.

/// A file that import refuses.
pub(super) const REFUSED: &str = "`svccfg import` and `svccfg validate` refuse the whole file; at boot \
                                  manifest-import reports it and goes on without the service.";

/// A service that its templates do not fit.
pub(super) const TEMPLATES_FAIL: &str = "`svccfg validate` and `svccfg import -V` fail, and so does a package build \
                                         that runs them; plain `svccfg import` prints a warning and goes on.";

/// What is refused by hand, and goes through at boot.
pub(super) const ALONE_OR_TOGETHER: &str = "By hand `svccfg import` ends with an error; at boot, where many files are \
                                            imported at once, the message goes by and the service is imported \
                                            without this part.";

rustc 1.80 and later cannot infer this type (E0282); time 0.3.35 names it, too.

--- cargo-crates/time-0.3.25/src/format_description/parse/mod.rs.orig	2006-07-24 01:21:28 UTC
+++ cargo-crates/time-0.3.25/src/format_description/parse/mod.rs
@@ -82,7 +82,7 @@ pub fn parse_owned<const VERSION: usize>(
     let format_items = format_item::parse(ast);
     let items = format_items
         .map(|res| res.map(Into::into))
-        .collect::<Result<Box<_>, _>>()?;
+        .collect::<Result<Box<[_]>, _>>()?;
     Ok(items.into())
 }
 

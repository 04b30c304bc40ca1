"""The same run on many processes: results never depend on how the work was split."""

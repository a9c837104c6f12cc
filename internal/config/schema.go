package config

import _ "embed"

//go:embed flaglint.schema.json
var schema string

// Schema returns the JSON Schema (draft 2020-12) of the configuration. It accepts
// and rejects the same files as Parse and the rules, as far as a schema can: not
// what depends on the spelling (duplicate keys, YAML itself), on globs, or on
// other fields (two providers of one name).
func Schema() string { return schema }

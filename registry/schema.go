package registry

import _ "embed"

//go:embed flags.schema.json
var schema string

// Schema returns the JSON Schema (draft 2020-12) of the native format. It accepts
// and rejects the same files as Parse, as far as a schema can: not what depends
// on the spelling (duplicate keys, YAML itself), on the calendar (30 February)
// or on other fields (a default that is none of the variants).
func Schema() string { return schema }

package main

import (
	"go/constant"
	"regexp"
	"strconv"
)

// yamlConstant renders a constant as flags.yaml takes it; empty: it cannot.
func yamlConstant(v constant.Value) string {
	switch v.Kind() {
	case constant.Bool:
		return v.ExactString()
	case constant.String:
		return strconv.Quote(constant.StringVal(v))
	case constant.Int:
		if i, ok := constant.Int64Val(v); ok {
			return strconv.FormatInt(i, 10)
		}
	case constant.Float:
		f, _ := constant.Float64Val(v)
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return ""
}

// plain are the texts that YAML takes for strings without quotes, whatever the
// reader: words that begin with a letter and are none of its other scalars.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*$`)

var scalars = regexp.MustCompile(`(?i)^(y|yes|n|no|true|false|on|off|null|inf|nan)$`)

func yamlString(s string) string {
	if plain.MatchString(s) && !scalars.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}

package analyzer

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// OptionKind is the type of an option's value in the configuration.
type OptionKind string

// The kinds of option, with the Go type of their values in brackets.
const (
	OptionInt     OptionKind = "int"      // a number from 0 (int)
	OptionBool    OptionKind = "bool"     // true or false (bool)
	OptionDays    OptionKind = "days"     // a length of time: 40d (int)
	OptionStrings OptionKind = "strings"  // a list of texts ([]string)
	OptionPattern OptionKind = "pattern"  // a regular expression (string)
	OptionKindMap OptionKind = "kindDays" // from a kind of flag to days, or never (map[string]int; -1 is never)
)

// Never as a number of days in a kindDays option.
const Never = registry.Never

// Option is a setting of a rule.
type Option struct {
	Name    string
	Doc     string // what it does, in one sentence
	Kind    OptionKind
	Default any      // of the kind's Go type
	Values  []string // OptionStrings: the texts that are allowed; empty: any
}

// OptionValue is an option as a configuration gives it.
type OptionValue struct {
	Name  string
	Value any // what YAML or JSON decodes to
	Pos   registry.Position
}

// parse checks a configured value and returns it as the kind's Go type. It
// takes what YAML and JSON decoders give for numbers and lists.
func (o *Option) parse(v any) (any, error) {
	switch o.Kind {
	case OptionInt:
		if n, ok := toInt(v); ok && n >= 0 {
			return n, nil
		}
		return nil, fmt.Errorf("%s must be a number from 0", o.Name)
	case OptionBool:
		if b, ok := v.(bool); ok {
			return b, nil
		}
		return nil, fmt.Errorf("%s must be true or false", o.Name)
	case OptionDays:
		if n, ok := parseDays(v); ok && n != Never {
			return n, nil
		}
		return nil, fmt.Errorf("%s must be a number of days, such as 40d", o.Name)
	case OptionPattern:
		s, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("%s must be a regular expression", o.Name)
		}
		if _, err := regexp.Compile(s); err != nil {
			return nil, fmt.Errorf("%s is no regular expression: %w", o.Name, err)
		}
		return s, nil
	case OptionStrings:
		return o.parseStrings(v)
	case OptionKindMap:
		return o.parseKindMap(v)
	}
	return nil, fmt.Errorf("%s has no known kind %q", o.Name, o.Kind)
}

func (o *Option) parseStrings(v any) (any, error) {
	list, ok := v.([]any)
	if !ok {
		ss, ok := v.([]string)
		if !ok {
			return nil, fmt.Errorf("%s must be a list", o.Name)
		}
		for _, s := range ss {
			list = append(list, s)
		}
	}
	out := make([]string, 0, len(list))
	for _, e := range list {
		s, ok := e.(string)
		if !ok {
			return nil, fmt.Errorf("%s must be a list of texts, not %v", o.Name, e)
		}
		if len(o.Values) > 0 && !slices.Contains(o.Values, s) {
			return nil, fmt.Errorf("%s cannot hold %q (want %s)", o.Name, s, strings.Join(o.Values, ", "))
		}
		out = append(out, s)
	}
	return out, nil
}

// kinds are what a kindDays option can name.
var kinds = registry.Kinds()

// parseKindMap lays the given kinds over the default, so that naming one kind
// leaves the others as they were.
func (o *Option) parseKindMap(v any) (any, error) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s must be a map from kind to days", o.Name)
	}
	out := maps.Clone(o.Default.(map[string]int))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if !slices.Contains(kinds, registry.Kind(k)) {
			return nil, fmt.Errorf("%s: %q is no kind of flag (want release, experiment, ops, kill-switch or permission)", o.Name, k)
		}
		n, ok := parseDays(m[k])
		if !ok {
			return nil, fmt.Errorf("%s: %s must be a number of days, such as 40d, or never", o.Name, k)
		}
		out[k] = n
	}
	return out, nil
}

// parseDays reads 40d, 40 or never.
func parseDays(v any) (int, bool) {
	s, ok := v.(string)
	if !ok {
		n, ok := toInt(v)
		return n, ok && n >= 0
	}
	if s == "never" {
		return Never, true
	}
	n, err := strconv.Atoi(strings.TrimSuffix(s, "d"))
	return n, err == nil && n >= 0
}

// toInt takes every integer that a decoder may give, and whole floats (JSON).
func toInt(v any) (int, bool) {
	const limit = 1 << 31
	switch n := v.(type) {
	case int:
		return n, -limit < n && n < limit
	case int64:
		return int(n), -limit < n && n < limit
	case uint64:
		return int(n), n < limit
	case float64:
		return int(n), -limit < n && n < limit && n == float64(int(n))
	}
	return 0, false
}

package flagref

import (
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
)

// table finds the row of a provider that describes a function, by the name that
// go/types prints for its origin.
type table struct {
	functions map[string]row
}

type row struct {
	spec *provider.Spec
	fn   *provider.Function
}

func newTable(specs []provider.Spec) *table {
	t := &table{functions: map[string]row{}}
	for i := range specs {
		s := &specs[i]
		for j := range s.Functions {
			for _, name := range expand(s.Functions[j].Name, s.Modules) {
				t.functions[name] = row{s, &s.Functions[j]}
			}
		}
	}
	return t
}

// expand replaces {mod} by each module and {A,B} by each alternative.
func expand(name string, modules []string) []string {
	if before, after, ok := strings.Cut(name, "{mod}"); ok {
		var all []string
		for _, m := range modules {
			all = append(all, expand(before+m+after, modules)...)
		}
		return all
	}
	before, rest, ok := strings.Cut(name, "{")
	alternatives, after, closed := strings.Cut(rest, "}")
	if !ok || !closed {
		return []string{name}
	}
	var all []string
	for _, a := range strings.Split(alternatives, ",") {
		all = append(all, expand(before+a+after, modules)...)
	}
	return all
}

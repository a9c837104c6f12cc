package analyzer

import (
	"encoding/json"
	"maps"
	"reflect"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/analysis"
)

// codeFlagTable holds the flags that Go code declares, by key.
type codeFlagTable map[string]*registry.Flag

// codeFlagFact carries the flags that a package declares to those that import
// it. They are JSON, so that the fact's bytes do not depend on Go's gob and
// remain the same however often they are encoded.
type codeFlagFact struct{ JSON []byte }

func (*codeFlagFact) AFact()         {}
func (*codeFlagFact) String() string { return "flags declared in code" }

// codeFlag is the part of a registry.Flag that rules ask of a flag in code.
type codeFlag struct {
	Key                  string
	Type                 registry.Type
	State                registry.State
	Value, Default       any `json:",omitempty"`
	HasValue, HasDefault bool
	Locked               bool
	Expires              registry.Expiry
	Source               registry.Position
	Format               string
}

// newCodeFlags returns the analyzer whose result is the codeFlagTable that a
// package sees: its own flags in code and those of packages that it imports.
func newCodeFlags(refs *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "flaglintcode",
		Doc:        "gather the flags that code declares\n\nA helper of the rules: it has a result and facts, and reports nothing.",
		Requires:   []*analysis.Analyzer{refs},
		FactTypes:  []analysis.Fact{(*codeFlagFact)(nil)},
		ResultType: reflect.TypeFor[codeFlagTable](),
		Run: func(ap *analysis.Pass) (any, error) {
			table := codeFlagTable{}
			for _, pf := range ap.AllPackageFacts() {
				if err := table.add(pf.Fact.(*codeFlagFact)); err != nil {
					return nil, err
				}
			}
			own := ap.ResultOf[refs].(*flagref.Result).CodeFlags
			if len(own) == 0 {
				return table, nil
			}
			fact, err := newCodeFlagFact(own)
			if err != nil {
				return nil, err
			}
			ap.ExportPackageFact(fact)
			return table, table.add(fact)
		},
	}
}

func newCodeFlagFact(flags []flagref.CodeFlag) (*codeFlagFact, error) {
	list := make([]codeFlag, 0, len(flags))
	for _, cf := range flags {
		f := cf.Flag
		c := codeFlag{
			Key: f.Key, Type: f.Type, State: f.State, Locked: f.Locked,
			Expires: f.Expires, Source: f.Source, Format: f.Format,
		}
		if f.Value != nil {
			c.Value, c.HasValue = f.Value.Any(), true
		}
		if f.Default != nil {
			c.Default, c.HasDefault = f.Default.Any(), true
		}
		list = append(list, c)
	}
	b, err := json.Marshal(list)
	return &codeFlagFact{JSON: b}, err
}

func (t codeFlagTable) add(fact *codeFlagFact) error {
	var list []codeFlag
	if err := json.Unmarshal(fact.JSON, &list); err != nil {
		return err
	}
	for _, c := range list {
		f := &registry.Flag{
			Key: c.Key, Type: c.Type, State: c.State, Locked: c.Locked,
			Expires: c.Expires, Source: c.Source, Format: c.Format,
		}
		if c.HasValue {
			f.Value = valueOf(c.Value)
		}
		if c.HasDefault {
			f.Default = valueOf(c.Default)
		}
		t[f.Key] = f
	}
	return nil
}

// merge adds the flags of another table.
func (t codeFlagTable) merge(o codeFlagTable) { maps.Copy(t, o) }

// valueOfAny turns what registry.Value.Any gave, of a constant, into the value.
func valueOfAny(v any) registry.Value {
	switch x := v.(type) {
	case bool:
		return registry.Bool(x)
	case string:
		return registry.String(x)
	case int64:
		return registry.Int(x)
	case float64:
		return registry.Float(x)
	}
	return registry.JSON(v)
}

// valueOf turns what JSON decodes to into a value; whole numbers become ints,
// which compare equal to floats of the same size.
func valueOf(v any) *registry.Value {
	out := registry.JSON(v)
	switch x := v.(type) {
	case bool:
		out = registry.Bool(x)
	case string:
		out = registry.String(x)
	case float64:
		out = registry.Float(x)
		if x == float64(int64(x)) {
			out = registry.Int(int64(x))
		}
	}
	return &out
}

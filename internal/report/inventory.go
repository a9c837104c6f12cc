package report

import (
	"cmp"
	"go/token"
	"slices"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// Inventory is the outcome of `flaglint list`: every flag, by key, with its
// references in the order of files and lines.
type Inventory struct {
	Flags   []Flag
	Dynamic []Reference // evaluations of a flag that is not known
}

// Flag is a flag that is registered or referenced.
type Flag struct {
	Key  string
	Type registry.Type
	// Row is what the registry, or the code that declares it, says; nil if no one does.
	Row        *registry.Flag
	References []Reference
	// History is what its sources said of it, oldest first.
	History []Change
}

// IsLeftover reports whether the registry, or the code that declares the flag, calls it
// retired with a value, and something still references it: what `flaglint fix` removes.
func (f Flag) IsLeftover() bool {
	return f.Row != nil && f.Row.IsRetired() && f.Row.Value != nil &&
		slices.ContainsFunc(f.References, func(r Reference) bool { return r.Kind != flagref.Mention })
}

// Reference is a place that names or reads a flag.
type Reference struct {
	Kind     flagref.RefKind
	Pos      token.Position
	Provider string
	Function string
	Via      []token.Position
	Test     bool
}

// NewInventory lists the flags of a registry (which may be nil) and those that
// packages reference, each reference once although a package and its test
// variant both have it.
func NewInventory(reg *registry.Registry, packages []*analyzer.Package) Inventory {
	byKey := map[string]*Flag{}
	flag := func(key string) *Flag {
		if byKey[key] == nil {
			byKey[key] = &Flag{Key: key}
		}
		return byKey[key]
	}
	for _, pkg := range packages {
		for _, f := range pkg.CodeFlags {
			flag(f.Key).Row = f
		}
	}
	if reg != nil {
		for _, f := range reg.Flags() {
			flag(f.Key).Row = f
		}
	}
	type id struct {
		pos token.Position
		key string
	}
	seen := map[id]bool{}
	var inv Inventory
	for _, pkg := range packages {
		for _, ref := range pkg.Sites {
			r := newReference(ref)
			if k := (id{r.Pos, string(ref.Kind) + " " + ref.Key}); seen[k] {
				continue
			} else {
				seen[k] = true
			}
			if ref.Key == "" {
				if ref.Kind == flagref.Evaluation {
					inv.Dynamic = append(inv.Dynamic, r)
				}
				continue
			}
			f := flag(ref.Key)
			f.References = append(f.References, r)
			if f.Type == "" && ref.Kind == flagref.Evaluation {
				f.Type = ref.Type
			}
		}
	}
	for _, f := range byKey {
		if f.Row != nil && f.Row.Type != "" {
			f.Type = f.Row.Type
		}
		slices.SortStableFunc(f.References, byPosition)
		inv.Flags = append(inv.Flags, *f)
	}
	slices.SortFunc(inv.Flags, func(a, b Flag) int { return cmp.Compare(a.Key, b.Key) })
	slices.SortStableFunc(inv.Dynamic, byPosition)
	return inv
}

func newReference(ref analyzer.Site) Reference {
	pos := ref.Pos
	if ref.Key == "" && ref.KeyPos.IsValid() {
		pos = ref.KeyPos
	}
	return Reference{
		Kind: ref.Kind, Pos: pos, Provider: ref.Provider,
		Function: ref.Function, Via: ref.Via, Test: ref.Test,
	}
}

func byPosition(a, b Reference) int {
	return cmp.Or(cmp.Compare(a.Pos.Filename, b.Pos.Filename), cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Kind, b.Kind))
}

// AddHistory gives flags their history, by key.
func (inv Inventory) AddHistory(history map[string][]Change) {
	for i := range inv.Flags {
		inv.Flags[i].History = history[inv.Flags[i].Key]
	}
}

// row returns what is registered of a flag, empty if nothing is.
func (f Flag) row() registry.Flag {
	if f.Row == nil {
		return registry.Flag{}
	}
	return *f.Row
}

// counts are how many evaluations production code has, and how many references tests
// have: a flag without the first is one that only tests know.
func (f Flag) counts() (reads, tests int) {
	for _, r := range f.References {
		switch {
		case r.Test:
			tests++
		case r.Kind == flagref.Evaluation:
			reads++
		}
	}
	return reads, tests
}

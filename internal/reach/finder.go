package reach

import (
	"context"

	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/removal"
)

// Finder works removals out from parts of a program.
type Finder struct {
	listing  *load.Listing
	result   *recall.Result
	narrower *load.Narrower
	part     *Part // nil until a plan is made
	before   *Part

	// Program is the part that the last plan was made from, and References what was
	// found in it.
	Program    *load.Program
	References map[*packages.Package]*flagref.Result
}

// NewFinder makes a Finder for the program of a listing, by what was found in all of it.
// Before, which may be nil, is one for the same flags under fewer build configurations.
func NewFinder(listing *load.Listing, result *recall.Result, before *Finder) *Finder {
	f := &Finder{listing: listing, result: result, narrower: listing.Narrow(result.ExportFile)}
	if before != nil {
		f.before = before.part
	}
	return f
}

// maxParts bounds how often a plan shows further packages to look into; then all are.
const maxParts = 5

// Plan works a removal out, as removal.New does from the whole program. Every call of one
// Finder has to be for the same flags. Told is called with the number of packages that are
// looked into, and of all, each time that a plan is made.
func (f *Finder) Plan(ctx context.Context, targets []removal.Target, opts removal.Options, told func(in, all int)) (*removal.Plan, error) {
	if err := f.seed(targets); err != nil {
		return nil, err
	}
	return f.part.plan(targets, opts, func() (program *removal.Program, err error) {
		told(f.part.Size())
		if f.Program, err = f.narrower.Load(ctx, func(p *load.Package) bool { return f.part.Has(groupOf(p)) }); err != nil {
			return nil, err
		}
		if f.References, err = f.result.Search(ctx, f.Program); err != nil {
			return nil, err
		}
		return f.Program.Removal(f.References), nil
	})
}

// plan makes plans from what build gives of the part as it is, until none shows a package
// that has to join.
func (p *Part) plan(targets []removal.Target, opts removal.Options, build func() (*removal.Program, error)) (*removal.Plan, error) {
	for round := 1; ; round++ {
		if round == maxParts {
			p.All()
		}
		program, err := build()
		if err != nil {
			return nil, err
		}
		program.Rest = p.Rest()
		plan, err := removal.New(program, targets, opts)
		switch {
		case err != nil && program.Rest != nil:
			p.All() // a refusal must not come of what was not seen
		case err != nil:
			return nil, err
		case program.Rest == nil || !p.Widen(plan):
			return plan, nil
		}
	}
}

// seed makes the first part.
func (f *Finder) seed(targets []removal.Target) error {
	if f.part != nil {
		return nil
	}
	part, err := New(packagesOf(f.listing), f.listing.ReadFile, keysOf(targets), f.before)
	if err != nil {
		return err
	}
	sites := map[string][]analyzer.Site{}
	i := 0
	for _, p := range f.listing.Packages {
		if p.Root { // found is of these, in their order
			sites[groupOf(p)] = append(sites[groupOf(p)], f.result.Packages[i].Sites...)
			i++
		}
	}
	part.Seed(keysOf(targets), sites)
	f.part = part
	return nil
}

func keysOf(targets []removal.Target) []string {
	var keys []string
	for _, t := range targets {
		keys = append(keys, t.Key)
	}
	return keys
}

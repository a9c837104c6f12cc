package difftest

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"maps"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/flaghygiene/flaglint/removal"
)

// Remover works a removal out; removal.New is one.
type Remover func(*removal.Program, []removal.Target, removal.Options) (*removal.Plan, error)

// The kinds of finding that prove the engine wrong.
const (
	Panic       = "panic"
	Hang        = "hang"
	Refused     = "refused"       // without reason: generated programs can all be handled
	NotChecking = "type-error"    // the result does not type-check
	Effects     = "effects"       // the result behaves otherwise
	Named       = "named"         // the result names the key, and nothing told so
	Again       = "changes-again" // a second removal changes something
	OtherBytes  = "other-bytes"   // the same removal gave another result
	NotGofmt    = "not-gofmt"     // the program was formatted, the result is not
)

// The kinds of finding that show it less than perfect.
const (
	Left      = "residue"   // told as residue
	Leftover  = "leftover"  // what only the flag kept alive is still there
	Overreach = "overreach" // what was unused before is gone
	Unfolded  = "unfolded"  // a constant condition is left
	Comment   = "comment"   // a comment stays without what it speaks of, or goes without it
	Unsplit   = "nothing"   // the removal changed nothing
)

// Wrong reports whether findings of the kind prove the engine wrong.
func Wrong(kind string) bool {
	return slices.Contains([]string{Panic, Hang, Refused, NotChecking, Effects, Named, Again, OtherBytes, NotGofmt}, kind)
}

// Finding is something that is not as it should be.
type Finding struct {
	Kind   string
	Detail string
}

// Result is a removal that was tried.
type Result struct {
	Program  *Program
	After    map[string]string // nil where there is none to run
	Left     bool              // evaluations may be left, and the plan says so
	Findings []Finding

	sides
}

func (r *Result) add(kind, detail string, args ...any) {
	r.Findings = append(r.Findings, Finding{kind, fmt.Sprintf(detail, args...)})
}

// Has reports whether there is a finding of the kind.
func (r *Result) Has(kind string) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Kind == kind })
}

// timeLimit bounds one removal.
const timeLimit = 30 * time.Second

// Check removes the program's flag and holds the result against everything
// that can be told without running it.
func (u *Universe) Check(p *Program, remove Remover) *Result {
	r := &Result{Program: p}
	prog, err := u.Load(p.Files)
	if err != nil {
		r.add(NotChecking, "the program itself: %v", err)
		return r
	}
	files, plan := u.attempt(r, p, p.Files, prog, remove)
	if plan == nil {
		return r
	}
	if p.Seed%8 == 0 { // it is as dear as the removal
		once := &Result{Program: p}
		if same, second := u.attempt(once, p, p.Files, prog, remove); second != nil && !maps.Equal(files, same) {
			r.add(OtherBytes, "the same removal, worked out again, gives other files")
		}
	}
	for _, res := range plan.Residue {
		r.add(Left, "%s: %s: %s", res.Reason, res.Pos, res.Message)
	}
	r.Left = len(plan.Residue) > 0
	if len(plan.Files) == 0 && !r.Left {
		r.add(Unsplit, "no file changed")
	}
	for _, f := range plan.Files {
		if f.After == nil {
			continue
		}
		text, err := format.Source(f.After)
		switch {
		case err != nil:
			r.add(NotChecking, "%s does not parse: %v", f.Name, err)
			r.After = files
			return r
		case !bytes.Equal(text, f.After):
			r.add(NotGofmt, "%s", f.Name)
		}
	}
	result, err := u.Load(files)
	r.After = files
	if err != nil {
		r.add(NotChecking, "%v", err)
		return r
	}
	if !r.Left {
		for name, text := range files {
			if strings.Contains(text, strconv.Quote(p.Key)) || len(p.Key) > 4 && strings.Contains(text, p.Key) {
				r.add(Named, "%s", name)
			}
		}
	}
	r.sides = newSides(prog, result)
	compare(r, prog, result)
	comments(r, p.Files, files)
	if r.Left {
		return r
	}
	again := &Result{Program: p}
	if _, second := u.attempt(again, p, files, result, remove); second != nil && len(second.Files) > 0 {
		r.add(Again, "%s", second.Files[0].Name)
	}
	return r
}

// attempt runs the remover and applies its plan to the files; what goes wrong
// becomes a finding, and the plan is nil.
func (u *Universe) attempt(r *Result, p *Program, files map[string]string, prog *removal.Program, remove Remover) (map[string]string, *removal.Plan) {
	type answer struct {
		plan *removal.Plan
		err  error
		died string
	}
	ch := make(chan answer, 1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				ch <- answer{died: fmt.Sprintf("%v\n%s", v, debug.Stack())}
			}
		}()
		plan, err := remove(prog, []removal.Target{{Key: p.Key, Value: p.Value}}, removal.Options{})
		ch <- answer{plan: plan, err: err}
	}()
	select {
	case a := <-ch:
		switch {
		case a.died != "":
			r.add(Panic, "%s", a.died)
		case a.err != nil:
			r.add(Refused, "%v", a.err)
		default:
			after := map[string]string{}
			for name, text := range files {
				after[name] = text
			}
			for _, f := range a.plan.Files {
				name, err := filepath.Rel(Root, f.Name)
				if err != nil {
					name = f.Name
				}
				after[name] = string(f.After)
				if f.After == nil {
					delete(after, name)
				}
			}
			return after, a.plan
		}
	case <-time.After(timeLimit):
		r.add(Hang, "no answer after %s", timeLimit)
	}
	return nil, nil
}

// Effects runs the results that can be run and adds what differs.
func (r *Runner) Effects(ctx context.Context, results []*Result) error {
	var pairs []Pair
	var of []*Result
	for _, res := range results {
		if res.After != nil && !res.Has(NotChecking) {
			pairs = append(pairs, Pair{Before: res.Program, After: res.After, Left: res.Left, sides: res.sides})
			of = append(of, res)
		}
	}
	out, err := r.Run(ctx, pairs)
	if err != nil {
		return err
	}
	for i, o := range out {
		if o.Mismatch != "" {
			of[i].add(Effects, "%s", o.Mismatch)
		}
	}
	return nil
}

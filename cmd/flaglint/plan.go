package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/constant"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

// maxConfigRounds bounds how often a plan shows further build configurations.
const maxConfigRounds = 4

// plan works a removal out. Files that no configuration so far builds may use
// what the plan takes away: where one names any of it, the configuration that
// builds it is loaded too and the plan is made again. What such a file names and
// no configuration builds stays.
func (s *session) plan(targets []removal.Target, e editOptions) (*removal.Plan, error) {
	opts := removal.Options{KeepDeclaration: e.keepDeclaration, Unsafe: e.unsafe, Pinned: map[string]string{}, Foreign: map[string]string{}}
	plan, err := s.planWith(targets, opts)
	if err == nil && e.runTests {
		plan, err = s.planByTests(targets, opts)
	}
	if err != nil {
		return nil, err
	}
	if err := s.tellUnsound(plan); err != nil {
		return nil, err
	}
	return plan, s.planRows(plan)
}

// planWith is the part of plan that the build configurations decide.
func (s *session) planWith(targets []removal.Target, opts removal.Options) (*removal.Plan, error) {
	for range maxConfigRounds {
		plan, err := s.workOut(targets, opts)
		if err != nil {
			return nil, err
		}
		again, err := s.widen(plan, opts)
		if err != nil {
			return nil, err
		}
		if !again {
			return plan, nil
		}
	}
	return nil, errors.New("each build configuration shows another one that matters (name them with --build-config)")
}

// widen looks through the files that are not loaded for names that the plan
// changes. It loads the configurations that build those files, pins the names of
// files that none builds and of other modules, and reports whether it did any.
func (s *session) widen(plan *removal.Plan, opts removal.Options) (bool, error) {
	files, err := s.prog.Unloaded()
	if err != nil {
		return false, err
	}
	// What is in packages with errors is not known either.
	files = append(files, s.unsound()...)
	base, err := s.buildConfigs()
	if err != nil {
		return false, err
	}
	has := func(configs []load.BuildConfig, c load.BuildConfig) bool {
		return slices.ContainsFunc(configs, func(o load.BuildConfig) bool { return o.Name() == c.Name() })
	}
	loaded := append(slices.Clone(base), s.more...)
	reload, again := false, false
	pin := func(pinned map[string]string, name string, used []string) {
		for _, n := range used {
			if pinned[n] == "" && !slices.ContainsFunc(plan.Targets, func(t removal.Target) bool { return t.Key == n }) {
				pinned[n] = name
				again = true
			}
		}
	}
	for _, name := range files {
		src, err := s.readFile(name)
		if err != nil {
			return false, err
		}
		used := namesIn(src, plan.Names)
		if len(used) == 0 && len(namesIn(src, plan.Known)) == 0 {
			continue
		}
		config, ok := load.ConfigFor(name, src, base[0])
		if ok && !has(loaded, config) { // else it does not build the file either: cgo, for one
			if !has(s.more, config) { // another file may have asked for it
				s.more = append(s.more, config)
			}
			reload = true
			continue
		}
		pin(opts.Pinned, name, used)
	}
	foreign, err := s.prog.Neighbours(s.top())
	if err != nil {
		return false, err
	}
	for _, name := range foreign {
		src, err := s.readFile(name)
		if err != nil {
			return false, err
		}
		pin(opts.Foreign, name, namesIn(src, plan.Names))
	}
	if !reload {
		return again, nil
	}
	s.prog, s.packages, s.refs = nil, nil, nil // not two programs at once
	if s.finder != nil {
		return true, s.findParts()
	}
	if err := s.load(s.patterns, s.overlay); err != nil {
		return false, err
	}
	return true, s.refer()
}

// unsound returns the files of the packages that have errors and that no sound
// package holds too.
func (s *session) unsound() []string {
	var out, sound []string
	for _, p := range s.prog.Packages {
		if p.Sound() {
			sound = append(sound, p.GoFiles...)
		} else {
			out = append(out, p.GoFiles...)
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(name string) bool { return slices.Contains(sound, name) })
}

// tellUnsound lists as residue where packages with errors name a removed flag, by its key
// or by a constant of another package that is the key.
func (s *session) tellUnsound(plan *removal.Plan) error {
	keys := s.keyConstants(plan.Targets)
	for _, name := range s.unsound() {
		src, err := s.readFile(name)
		if err != nil {
			return err
		}
		for _, t := range plan.Targets {
			var lines []int
			for _, l := range linesWith(name, t.Key, src) {
				lines = append(lines, l.Line)
			}
			for i, line := range strings.Split(string(src), "\n") {
				if len(namesIn([]byte(line), keys[t.Key])) > 0 {
					lines = append(lines, i+1)
				}
			}
			for _, l := range lines {
				plan.Residue = append(plan.Residue, removal.Residue{
					Flag: t.Key, Pos: token.Position{Filename: name, Line: l, Column: 1}, Reason: "type-errors",
					Message: "the package does not type-check; mend it and run again",
				})
			}
		}
	}
	return nil
}

// keyConstants are the names of exported constants that are the key of a flag, by key.
func (s *session) keyConstants(targets []removal.Target) map[string][]string {
	out := map[string][]string{}
	for _, p := range s.prog.Packages {
		if p.Types == nil {
			continue
		}
		for _, name := range p.Types.Scope().Names() {
			c, ok := p.Types.Scope().Lookup(name).(*types.Const)
			if !ok || !c.Exported() || c.Val().Kind() != constant.String || len(name) < 6 { // Key may be anything
				continue
			}
			for _, t := range targets {
				if constant.StringVal(c.Val()) == t.Key && !slices.Contains(out[t.Key], name) {
					out[t.Key] = append(out[t.Key], name)
				}
			}
		}
	}
	return out
}

// namesIn are those of the names that a Go file has as an identifier or as a
// string.
func namesIn(src []byte, names []string) []string {
	var out []string
	fset := token.NewFileSet()
	var sc scanner.Scanner
	sc.Init(fset.AddFile("", fset.Base(), len(src)), src, func(token.Position, string) {}, 0)
	for {
		_, tok, text := sc.Scan()
		switch tok {
		case token.EOF:
			return out
		case token.STRING:
			s, err := strconv.Unquote(text)
			if err != nil {
				continue
			}
			text = s
		case token.IDENT:
		default:
			continue
		}
		if slices.Contains(names, text) && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
}

// keepsRow reports whether a residue leaves something in the code that still
// names the flag. A test that had the dead state does not, once its set-up is gone, nor
// does what the flag alone needed and a test, or the start of the program, still does.
func keepsRow(r removal.Residue) bool {
	return !slices.Contains([]string{"dead-state-test", "failing-test", "test-only", "test-writes-field", "start-up"}, r.Reason)
}

// planRows adds to the plan the registries whose rows of the removed flags go.
// A flag that code still names keeps its row, and so does one whose registry the
// running program reads: code first, runtime later.
func (s *session) planRows(plan *removal.Plan) error {
	if s.settings.Registry == nil {
		return nil
	}
	texts := map[string][]byte{}
	before := map[string][]byte{}
	for _, t := range plan.Targets {
		if slices.ContainsFunc(plan.Residue, func(r removal.Residue) bool { return r.Flag == t.Key && keepsRow(r) }) {
			continue
		}
		row := s.settings.Registry.Lookup(t.Key)
		if row == nil || row.Runtime || row.Source.File == "" || row.Format != registry.FormatNative {
			continue
		}
		name := s.paths.Abs(row.Source.File)
		if texts[name] == nil {
			data, err := s.readFile(name)
			if err != nil {
				return fmt.Errorf("%s: the registry cannot be read: %w", row.Source.File, settings.Cause(err))
			}
			texts[name], before[name] = data, data
		}
		text, err := registry.DeleteRow(row.Source.File, texts[name], t.Key)
		if err != nil {
			plan.Residue = append(plan.Residue, removal.Residue{
				Flag: t.Key, Reason: "registry-row",
				Pos:     token.Position{Filename: name, Line: row.Source.Line, Column: row.Source.Column},
				Message: "the row cannot be cut out: " + err.Error(),
			})
			continue
		}
		texts[name] = text
	}
	for name, text := range texts {
		if string(text) != string(before[name]) {
			plan.Files = append(plan.Files, removal.FileEdit{Name: name, Before: before[name], After: text})
		}
	}
	slices.SortFunc(plan.Files, func(a, b removal.FileEdit) int { return cmp.Compare(a.Name, b.Name) })
	return nil
}

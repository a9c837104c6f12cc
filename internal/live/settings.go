package live

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/mention"
	"github.com/flaghygiene/flaglint/internal/settings"
)

// Through names the modules of the flag systems that are known, as load.Options
// takes them, so that the wrappers of other modules around them are seen.
func Through(s *settings.Settings) []string {
	var out []string
	for _, spec := range s.Specs {
		out = append(out, spec.Modules...)
	}
	return out
}

// CheckProviders refuses a provider of the configuration that names what its
// package does not have.
func CheckProviders(s *settings.Settings, prog *load.Program) error {
	if len(s.Config.Providers) == 0 {
		return nil
	}
	var errs []error
	seen := map[string]bool{}
	for _, p := range prog.Packages {
		errs = append(errs, checkProviders(s, p, seen)...)
	}
	return errors.Join(errs...)
}

// CheckPackage is CheckProviders for one package and what it imports.
func CheckPackage(s *settings.Settings, p *load.Package) error {
	if len(s.Config.Providers) == 0 {
		return nil
	}
	return errors.Join(checkProviders(s, p, map[string]bool{})...)
}

func checkProviders(s *settings.Settings, p *load.Package, seen map[string]bool) []error {
	var errs []error
	for _, t := range append(p.Types.Imports(), p.Types) {
		// Of what could not be imported nothing is known.
		if t.Complete() && !seen[t.Path()] && p.ForTest == "" {
			seen[t.Path()] = true
			errs = append(errs, s.Set.Check(t)...)
		}
	}
	return errs
}

// Hidden is a flag that nothing which was loaded references, and a file that
// names it and was not loaded.
type Hidden struct{ Flag, File string }

// DropHidden takes out what is told of flags that nothing references, where a Go
// file that no build configuration holds names the flag. Unloaded lists those
// files, and is asked only where there is such a finding; readFile reads one.
func DropHidden(findings []analyzer.Finding, unloaded func() ([]string, error), readFile func(string) ([]byte, error)) ([]analyzer.Finding, []Hidden, error) {
	unused := func(f analyzer.Finding) bool { return f.Rule == "unused-flag" }
	if !slices.ContainsFunc(findings, unused) {
		return findings, nil, nil
	}
	names, err := unloaded()
	if err != nil {
		return nil, nil, err
	}
	texts := map[string][]byte{}
	for _, name := range names {
		if texts[name], err = readFile(name); err != nil {
			if pe, ok := errors.AsType[*fs.PathError](err); ok {
				err = pe.Err
			}
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	var hidden []Hidden
	kept := slices.DeleteFunc(slices.Clone(findings), func(f analyzer.Finding) bool {
		if !unused(f) {
			return false
		}
		for _, name := range names {
			if len(mention.Lines(texts[name], f.Flag)) > 0 {
				hidden = append(hidden, Hidden{f.Flag, name})
				return true
			}
		}
		return false
	})
	return kept, hidden, nil
}

package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/live"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/registry"
)

// maxCache bounds the bytes of what is remembered of all programs.
const maxCache = 1 << 30

func newCache(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "cache",
		Short: "show where check, list, report, fix and remove keep what they found, for the next run",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if w.cacheDir == "" {
				return errNoCacheDir
			}
			_, err := fmt.Fprintln(w.stdout, w.cacheDir)
			return err
		},
	}
	c.AddCommand(&cobra.Command{
		Use:   "clear",
		Short: "delete what was kept",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if w.cacheDir == "" {
				return errNoCacheDir
			}
			return recall.Clear(w.cacheDir)
		},
	})
	return c
}

var errNoCacheDir = errors.New("the system names no directory for caches, so that nothing is kept (set HOME or XDG_CACHE_HOME)")

// findFlags loads the packages and finds their flags as load and analyze do, or as load
// and refer where refsOnly is set. What it finds in a package it keeps for the next
// run, and it does nothing again that this would not change. The program that it
// leaves in the session has no syntax and no types.
func (s *session) findFlags(suite *analyzer.Suite, refsOnly bool) error {
	listing, found, err := s.remembered(suite, refsOnly)
	if err != nil {
		return err
	}
	if found != nil {
		s.prog, s.packages, s.found = listing.Program(), found.Packages, found
		s.tellMerged()
		return nil
	}
	if err := s.loadListed(listing); err != nil {
		return err
	}
	if s.shard != (recall.Shard{}) {
		if s.tellLoadErrors() {
			return codeError(exitError)
		}
		return fmt.Errorf("--shard %v: %w", s.shard, s.notFound)
	}
	return s.findIn(suite, refsOnly)
}

// findIn finds the flags of a program that was loaded as a whole: the references alone, or
// what the rules find too.
func (s *session) findIn(suite *analyzer.Suite, refsOnly bool) error {
	if refsOnly {
		return s.refer()
	}
	return s.analyze(suite)
}

// remembered asks the go command for the packages, and finds what they hold by what was
// found before. The result is nil where that is not possible, as for packages with
// errors: what is wrong shows where everything is loaded.
func (s *session) remembered(suite *analyzer.Suite, refsOnly bool) (*load.Listing, *recall.Result, error) {
	opts, err := s.loadOptions(s.patterns, s.overlay)
	if err != nil {
		return nil, nil, err
	}
	done := progress(s.stderr, s.live && !s.quiet, "loading packages")
	defer func() { done() }()
	type environment struct {
		*load.Environment
		err error
	}
	asked := make(chan environment, 1)
	go func() {
		env, err := load.ReadEnvironment(s.ctx, opts)
		asked <- environment{env, err}
	}()
	listing, err := load.List(s.ctx, opts)
	if err != nil {
		return nil, nil, err
	}
	env := <-asked
	done()
	done = progress(s.stderr, s.live && !s.quiet, "finding flags")
	if env.err != nil {
		s.notFound = env.err
		return listing, nil, nil
	}
	found, err := s.recall(listing, env.Environment, suite, opts.Configs, refsOnly)
	switch {
	case err == nil:
		if s.verbose {
			roots := 0
			for _, p := range listing.Packages {
				if p.Root {
					roots++
				}
			}
			s.hint("%d packages, %d of them typed from source and %d but for the bodies of functions, %d searched", roots,
				found.Work.Source, found.Work.Signatures, found.Work.Searched)
		}
		return listing, found, nil
	case s.ctx.Err() != nil:
		return nil, nil, s.ctx.Err()
	case s.verbose:
		s.hint("%s", oneLine(err.Error()))
	}
	s.notFound = err
	return listing, nil, nil
}

// loadListed types all packages of a listing.
func (s *session) loadListed(listing *load.Listing) error {
	defer progress(s.stderr, s.live && !s.quiet, "loading packages")()
	var err error
	if s.prog, err = listing.Load(s.ctx); err != nil {
		return err
	}
	return s.loaded()
}

func (s *session) recall(listing *load.Listing, env *load.Environment, suite *analyzer.Suite, configs []load.BuildConfig, refsOnly bool) (*recall.Result, error) {
	id, err := programID()
	if err != nil {
		return nil, err
	}
	base := digest.New("references")
	base.Text(id)
	base.Value(s.settings.Specs, reflect.TypeFor[registry.Position]())
	names := recall.NewNames(listing, env)
	rules := digest.New("findings")
	rules.Value(refsOnly)
	rules.Sum(suite.Digest())
	if exclude := s.settings.Config.Exclude; len(exclude) > 0 {
		rules.Value(exclude)
		rules.Value(names.Below(s.settings.ConfigDir))
	}
	store := recall.None()
	if s.cacheDir != "" && !s.noCache {
		where := digest.New("store")
		where.Text(id)
		// Another checkout of the same modules can use what is known of this one.
		if below := names.Below(s.dir); len(below) > 0 {
			where.Value(below)
		} else {
			where.Text(s.dir)
		}
		where.Value(s.patterns)
		where.Value(s.tests)
		where.Value(configs)
		store = recall.Open(s.cacheDir, where.Done())
	}
	s.fill(store, base.Done())
	found, err := recall.Run(s.ctx, recall.Options{
		Listing: listing, Env: env, Names: names, Suite: suite, Base: base.Done(), Rules: rules.Done(), RefsOnly: refsOnly, Shard: s.shard, Store: store, PassFrom: passFrom,
		Reading: func(source func(name string) ([]byte, error)) { s.parsed = source },
		Check:   func(p *load.Package) error { return live.CheckPackage(s.settings, p) },
	})
	if err == nil && found.Wrote {
		// What cannot be deleted now can be later.
		_ = recall.Trim(s.cacheDir, maxCache, s.world.now)
	}
	s.parsed = nil
	return found, err
}

// passFrom is how many bytes of Go source a program has to have for packages that cannot hold
// flags not to be type-checked. Below that it takes less than a second, and tells what does not
// compile.
const passFrom = 1 << 20

// programID tells this build of the program apart from every other: by the identity that
// the Go linker gave it, or by all that is in its file.
func programID() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	// The linker writes the identity at the beginning of the code.
	const before, after = "\xff Go build ID: \"", "\"\n \xff"
	if _, rest, ok := bytes.Cut(head[:n], []byte(before)); ok {
		if id, _, ok := bytes.Cut(rest, []byte(after)); ok && len(id) > 0 {
			return string(id), nil
		}
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

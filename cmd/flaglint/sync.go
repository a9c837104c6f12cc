package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/internal/sync/redisstore"
	"github.com/flaghygiene/flaglint/internal/sync/sqlstore"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
)

func newSync(w world) *cobra.Command {
	var o syncOptions
	c := &cobra.Command{
		Use:   "sync [source]...",
		Short: "fetch the flags of services and stores into the snapshot that check reads",
		Long: "Fetch the sources that the configuration names under sync:, all or those that are\n" +
			"named, and write what they say of flags to the snapshot. Tokens come from environment\n" +
			"variables. Where a source fails, nothing is written.",
		Args: cobra.ArbitraryArgs,
	}
	c.Flags().StringVar(&o.config, "config", "", "read the configuration from `FILE`, not from the nearest .flaglint.yaml")
	c.Flags().BoolVar(&o.check, "check", false, "write nothing, and exit with 1 where the snapshot differs")
	c.Flags().StringVar(&o.now, "now", "", "what today is, as an RFC 3339 `DATE`")
	c.Flags().BoolVarP(&o.quiet, "quiet", "q", false, "say nothing of what changed")
	c.RunE = func(c *cobra.Command, args []string) error {
		dir, err := workDir(c)
		if err != nil {
			return err
		}
		return o.run(c, w, dir, args)
	}
	return c
}

type syncOptions struct {
	options
	check bool
}

func (o *syncOptions) run(c *cobra.Command, w world, dir string, only []string) error {
	s, err := settings.Read(settings.Options{Dir: dir, File: o.config, NoSnapshot: true, Registries: []string{}})
	if err != nil {
		return err
	}
	paths := report.Paths{Dir: dir}
	sy := s.Config.Sync
	if sy == nil {
		return errors.New("no source is named (add sync: {sources: [{name: NAME, type: TYPE, …}]} to .flaglint.yaml)")
	}
	today, err := o.today(w)
	if err != nil {
		return err
	}
	r := sync.Request{Only: only, Types: sourceTypes(), Today: today, Refresh: registry.Never}
	if r.Sources, err = syncSources(sy.Sources, r.Types); err != nil {
		return err
	}
	if sy.MaxAge != registry.Never && !o.check { // the age of a snapshot alone is no difference
		r.Refresh = max(sy.MaxAge/2, 1)
	}
	file := s.SnapshotFile()
	old, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("%s: the snapshot cannot be read: %w", paths.Show(file), settings.Cause(err))
	default:
		if r.Before, err = snapshot.Parse(paths.Show(file), old); err != nil {
			return fmt.Errorf("%w\n%s: sync needs the last snapshot for its dates (restore it, or take one side of a merge; "+
				"if it is lost, remove the file and sync again)", err, paths.Show(file))
		}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone() // with the proxy of the environment
	after, changes, err := sync.Run(c.Context(), r, sync.Options{
		Token: w.lookup, Transport: transport, Now: w.now, Formats: settings.Formats(), Version: version(), Dir: s.ConfigDir,
	})
	if err != nil {
		return err
	}
	text, err := snapshot.Render(after)
	if err != nil {
		return err
	}
	if _, err := snapshot.Parse(paths.Show(file), text); err != nil {
		return fmt.Errorf("what the sources say is no snapshot (this is a bug, please report it): %w", err)
	}
	if len(text) > settings.MaxRegistry {
		return fmt.Errorf("%s: would have %d MiB, more than the %d that a registry may have (ask for fewer flags, by project)",
			paths.Show(file), len(text)>>20, settings.MaxRegistry>>20)
	}
	same, err := sameSnapshot(r.Before, text)
	if err != nil {
		return err
	}
	if !o.quiet {
		tellChanges(w, paths.Show(file), after, changes, r.Before == nil, same)
	}
	switch {
	case same:
		return nil
	case o.check:
		return codeError(exitFindings)
	}
	return o.write(w, s, paths, text, changes)
}

// sameSnapshot reports whether a snapshot says what text does. It does not hold the
// bytes of the file against it: a checkout may have other ends of lines.
func sameSnapshot(before *snapshot.Snapshot, text []byte) (bool, error) {
	if before == nil {
		return false, nil
	}
	old, err := snapshot.Render(before)
	return bytes.Equal(old, text), err
}

// write writes the snapshot, and what changed to the history where one is kept.
func (o *syncOptions) write(w world, s *settings.Settings, paths report.Paths, text []byte, changes []sync.Change) error {
	if s.Config.Sync.History != "" && len(changes) > 0 {
		name := historyFile(s)
		if _, err := readHistory(s, paths); err != nil {
			return err
		}
		history, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: the history cannot be read: %w", paths.Show(name), settings.Cause(err))
		}
		now, err := o.moment(w)
		if err != nil {
			return err
		}
		if history, err = sync.AppendHistory(history, now, changes); err != nil {
			return err
		}
		if err := replaceFile(name, history); err != nil {
			return fmt.Errorf("%s: the history cannot be written: %w", paths.Show(name), settings.Cause(err))
		}
	}
	file := s.SnapshotFile()
	if err := replaceFile(file, text); err != nil {
		return fmt.Errorf("%s: the snapshot cannot be written: %w", paths.Show(file), settings.Cause(err))
	}
	return nil
}

// moment is the time that the history tells of a sync: that of the clock, or of --now.
func (o *syncOptions) moment(w world) (time.Time, error) {
	if o.now == "" {
		return w.now, nil
	}
	if t, err := time.Parse(time.RFC3339, o.now); err == nil {
		return t, nil
	}
	return time.Parse(time.DateOnly, o.now)
}

// replaceFile writes a file as a whole or not at all.
func replaceFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".flaglint-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // there is none after the rename
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// sourceTypes are the kinds of sources: services, and stores that need a driver, which
// no other package imports.
func sourceTypes() []sync.Type {
	return slices.Concat(sync.Types(), sync.StoreTypes(), sqlstore.Types(), redisstore.Types())
}

// syncSources turns the sources of the configuration into those of package sync, and
// refuses fields that their types lack or do not have.
func syncSources(sources []config.Source, types []sync.Type) ([]sync.Source, error) {
	var out []sync.Source
	var errs []error
	for _, s := range sources {
		src := sync.Source{
			Name: s.Name, Type: s.Type, Address: s.Address, Token: s.Token, Project: s.Project, Organization: s.Organization, Account: s.Account,
			Environments: s.Environments, Format: s.Format, Header: s.Header, Timeout: s.Wait, Pos: s.Pos, Settings: map[string]string{},
		}
		for name, v := range map[string]string{
			"query": s.Query, "key": s.Key, "pattern": s.Pattern, "prefix": s.Prefix, "layout": s.Layout, "preset": s.Preset,
			sync.SettingIgnore: strings.Join(s.Ignore, ","),
		} {
			if v != "" {
				src.Settings[name] = v
			}
		}
		t, err := sync.Lookup(types, s.Type)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: source %q: %w", s.Pos, s.Name, err))
			continue
		}
		for _, wrong := range t.Check(src) {
			errs = append(errs, fmt.Errorf("%s: source %q: %s", s.Pos, s.Name, wrong))
		}
		out = append(out, src)
	}
	return out, errors.Join(errs...)
}

// maxTold is how many changes are listed.
const maxTold = 50

// tellChanges says what a sync brought. The flags of the first are not listed.
func tellChanges(w world, file string, after *snapshot.Snapshot, changes []sync.Change, first, same bool) {
	flags := 0
	for _, s := range after.Sources {
		flags += len(s.Flags)
	}
	if !first {
		for i, c := range changes {
			if i == maxTold {
				fmt.Fprintf(w.stdout, "… and %d more changes\n", len(changes)-i)
				break
			}
			fmt.Fprintf(w.stdout, "%s: %s: %s\n", c.Source, c.Flag, reportChange(sync.Entry{Change: c}))
		}
	}
	what := plural(len(changes), "change")
	switch {
	case first:
		what = "first snapshot"
	case same:
		what = "nothing changed"
	case len(changes) == 0:
		what = "no flag changed, only what is told of the sources"
	}
	fmt.Fprintf(w.stdout, "%s: %s, %s of %s.\n", file, what, plural(flags, "flag"), plural(len(after.Sources), "source"))
}

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
)

// tellSnapshotAge says on standard error where the snapshot is older than max-age, or
// has nothing of a source that the configuration names. Neither is a finding: the code
// is not to blame, and the same commit would pass one day and fail the next.
func (s *session) tellSnapshotAge() error {
	sy := s.settings.Config.Sync
	if sy == nil || len(s.registries) > 0 || s.quiet {
		return nil
	}
	today, err := s.today(s.world)
	if err != nil {
		return err
	}
	file := s.settings.SnapshotFile()
	name := s.paths.Show(file)
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s: the snapshot cannot be read: %w", name, settings.Cause(err))
	}
	snap, err := snapshot.Parse(name, data)
	if err != nil {
		return err
	}
	for _, old := range snap.Stale(today, sy.MaxAge) {
		s.hint("%s: %s, and max-age is %s (run flaglint sync)", name, old, days(sy.MaxAge))
	}
	for _, src := range sy.Sources {
		if snap.Source(src.Name) == nil {
			s.hint("%s: has nothing of source %q (run flaglint sync)", name, src.Name)
		}
	}
	return nil
}

// days is a number of days as the configuration gives it.
func days(n int) string {
	if n == registry.Never {
		return "never"
	}
	return fmt.Sprintf("%dd", n)
}

// history is what syncs saw change, by the key of the flag, oldest first; nil where
// none is kept.
func (s *session) history() (map[string][]report.Change, error) {
	sy := s.settings.Config.Sync
	if sy == nil || sy.History == "" {
		return nil, nil
	}
	entries, err := readHistory(s.settings, s.paths)
	if err != nil {
		return nil, err
	}
	out := map[string][]report.Change{}
	for _, e := range entries {
		out[e.Flag] = append(out[e.Flag], reportChange(e))
	}
	return out, nil
}

// readHistory reads the history that the configuration names; there is none before
// the first sync.
func readHistory(s *settings.Settings, paths report.Paths) ([]sync.Entry, error) {
	name := historyFile(s)
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("%s: the history cannot be read: %w", paths.Show(name), settings.Cause(err))
	}
	return sync.ReadHistory(paths.Show(name), data)
}

// historyFile is the absolute name of the history.
func historyFile(s *settings.Settings) string {
	return filepath.Join(s.ConfigDir, filepath.FromSlash(s.Config.Sync.History))
}

func reportChange(e sync.Entry) report.Change {
	return report.Change{Time: e.Time, Source: e.Source, What: e.What, Field: e.Field, From: e.From, To: e.To}
}

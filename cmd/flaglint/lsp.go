package main

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/internal/lsp"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

func newLSP(w world) *cobra.Command {
	var o options
	c := &cobra.Command{
		Use:   "lsp",
		Short: "serve editors: a language server on standard input and output",
		Args:  cobra.NoArgs,
	}
	o.addLoad(c)
	var old string
	c.Flags().StringVar(&old, "baseline", "", "leave out the findings that `FILE` has, relative to each workspace folder")
	c.Flags().Bool("stdio", true, "as clients ask for it; there is nothing else")
	_ = c.Flags().MarkHidden("stdio") // it exists
	c.RunE = func(c *cobra.Command, _ []string) error {
		configs, err := o.buildConfigs()
		if err != nil {
			return err
		}
		if _, err := o.today(w); err != nil {
			return err
		}
		code := lsp.Serve(c.Context(), io.NopCloser(w.stdin), nopWriteCloser{w.stdout}, lsp.Options{
			Version: version(), Env: w.env, Tests: o.tests, Configs: configs, Config: o.config, Registries: o.registries, Baseline: old,
			Today: func() registry.Date {
				if o.now == "" {
					return registry.DateOf(time.Now()) // a server outlives the day
				}
				day, _ := o.today(w) // it was checked
				return day
			},
			Plan: func(ctx context.Context, r lsp.PlanRequest) (*removal.Plan, error) { return planFor(ctx, w, o, r) },
			Log:  w.stderr,
		})
		if code != 0 {
			return codeError(code)
		}
		return nil
	}
	return c
}

// planFor works out a removal as `flaglint remove` does, from what the editor has.
func planFor(ctx context.Context, w world, o options, r lsp.PlanRequest) (*removal.Plan, error) {
	w.stderr, w.live = io.Discard, false
	o.quiet = true
	set, err := settings.Read(settings.Options{Dir: r.Dir, File: o.config, Registries: o.registries, Overlay: r.Overlay})
	if err != nil {
		return nil, err
	}
	s := &session{
		world: w, options: o, ctx: ctx, dir: r.Dir, paths: report.Paths{Dir: r.Dir}, patterns: []string{"./..."}, settings: set, overlay: r.Overlay,
	}
	if err := s.findParts(); err != nil {
		return nil, err
	}
	if r.Key == "" {
		targets := s.retired()
		if len(targets) == 0 {
			return &removal.Plan{}, nil
		}
		return s.plan(targets, editOptions{})
	}
	target, err := s.target(s.inventory(), asked{r.Key, r.Value})
	if err != nil {
		return nil, err
	}
	return s.plan([]removal.Target{target}, editOptions{})
}

// nopWriteCloser is a writer that the server cannot close.
type nopWriteCloser struct{ io.Writer }

func (nopWriteCloser) Close() error { return nil }

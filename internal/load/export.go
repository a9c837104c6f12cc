package load

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// exports holds the packages that come from export data.
type exports struct {
	packages map[string]*types.Package
	errs     map[string]error // by import path
}

// readExports asks the go command for the export data of paths and reads all of
// it. Reading adds to packages that were read before, hence it is done one by
// one and before anything is typed.
func readExports(ctx context.Context, opts Options, config BuildConfig, fset *token.FileSet, paths []string) (*exports, error) {
	x := newExports()
	if config.GOOS != "" || config.GOARCH != "" {
		// Only a build refuses a system that does not exist.
		paths = append(paths, "unsafe")
	}
	if len(paths) == 0 {
		return x, nil
	}
	return x, x.ask(ctx, opts, config, fset, paths)
}

// ask asks the go command for the export data of paths and reads it.
func (x *exports) ask(ctx context.Context, opts Options, config BuildConfig, fset *token.FileSet, paths []string) error {
	pkgs, err := listExports(ctx, opts, config, paths)
	if err != nil {
		return err
	}
	for _, p := range pkgs {
		if p.PkgPath == "unsafe" {
			continue
		}
		if p.ExportFile == "" {
			x.errs[p.PkgPath] = notBuilt(p)
		} else if err := x.read(fset, p.PkgPath, p.ExportFile); err != nil {
			x.errs[p.PkgPath] = err
		}
	}
	return nil
}

func newExports() *exports {
	return &exports{packages: map[string]*types.Package{"unsafe": types.Unsafe}, errs: map[string]error{}}
}

// listExports asks the go command where the export data of paths is.
func listExports(ctx context.Context, opts Options, config BuildConfig, paths []string) ([]*packages.Package, error) {
	cfg := driverConfig(ctx, opts, config)
	cfg.Mode = packages.NeedName | packages.NeedExportFile
	pkgs, err := packages.Load(cfg, paths...)
	if err != nil {
		return nil, driverError(ctx, err)
	}
	if len(pkgs) == 0 {
		// go/packages drops what the go command says of a pair that it cannot build for.
		return nil, errors.New("the go command builds nothing for it (go tool dist list names the systems and architectures)")
	}
	return pkgs, nil
}

// notBuilt tells why there is no export data of a package.
func notBuilt(p *packages.Package) error {
	if len(p.Errors) > 0 {
		return fmt.Errorf("it does not build: %s", oneLine(p.Errors[0].Msg))
	}
	return fmt.Errorf("it does not build")
}

func (x *exports) read(fset *token.FileSet, path, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	//lint:ignore SA1019 the go command's cache holds archives up to Go 1.28, and bare export data after
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return err
	}
	_, err = gcexportdata.Read(r, fset, x.packages, path)
	return err
}

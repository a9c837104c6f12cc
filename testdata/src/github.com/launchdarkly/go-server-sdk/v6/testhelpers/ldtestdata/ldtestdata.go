// Package ldtestdata is a stub: the signatures of LaunchDarkly's test data v6, without behaviour.
package ldtestdata

import "github.com/launchdarkly/go-sdk-common/v3/ldvalue"

// TestDataSource serves flags to tests.
type TestDataSource struct{}

// FlagBuilder sets one flag.
type FlagBuilder struct{}

func DataSource() *TestDataSource { return &TestDataSource{} }

func (t *TestDataSource) Flag(key string) *FlagBuilder { return &FlagBuilder{} }

func (t *TestDataSource) Update(flag *FlagBuilder) *TestDataSource { return t }

func (f *FlagBuilder) BooleanFlag() *FlagBuilder { return f }

func (f *FlagBuilder) VariationForAllUsers(variation bool) *FlagBuilder { return f }

func (f *FlagBuilder) ValueForAllUsers(value ldvalue.Value) *FlagBuilder { return f }

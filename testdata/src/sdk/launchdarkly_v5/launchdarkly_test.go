package launchdarkly

import (
	"gopkg.in/launchdarkly/go-sdk-common.v2/ldvalue"
	"gopkg.in/launchdarkly/go-server-sdk.v5/testhelpers/ldtestdata"
)

func overrides() {
	td := ldtestdata.DataSource()
	td.Update(td.Flag("new-checkout").BooleanFlag().VariationForAllUsers(true)) // want `override new-checkout set=true`
	td.Update(td.Flag("color").ValueForAllUsers(ldvalue.String("blue")))        // want `override color`
}

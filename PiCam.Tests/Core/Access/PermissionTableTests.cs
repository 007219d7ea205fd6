using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Access;

public sealed class PermissionTableTests
{
    [Theory]
    [InlineData(Permission.Watch, true, true, true)]
    [InlineData(Permission.AdjustPicture, false, true, true)]
    [InlineData(Permission.Aim, false, true, true)]
    [InlineData(Permission.Capture, false, true, true)]
    [InlineData(Permission.ManageStorage, false, false, true)]
    [InlineData(Permission.ManageNetwork, false, false, true)]
    [InlineData(Permission.ManagePeople, false, false, true)]
    public void May_EachRole_FollowsTheTable(Permission permission, bool viewer, bool @operator, bool administrator)
    {
        Assert.Equal(viewer, Callers.Viewer.May(permission));
        Assert.Equal(@operator, Callers.Operator.May(permission));
        Assert.Equal(administrator, Callers.Administrator.May(permission));
    }

    [Fact]
    public void LowestRoleFor_EveryPermission_IsInTheTable() =>
        Assert.All(Enum.GetValues<Permission>(), p => Assert.True(Enum.IsDefined(PermissionTable.LowestRoleFor(p))));

    [Fact]
    public void Demand_RoleTooLow_NamesTheRoleNeededAndTheCaller()
    {
        var refused = Assert.Throws<AccessRefusedException>(() => Callers.Viewer.Demand(Permission.Aim));

        Assert.Contains("Operator", refused.Message, StringComparison.Ordinal);
        Assert.Contains("vera", refused.Message, StringComparison.Ordinal);
    }
}

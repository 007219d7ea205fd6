using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PiCam.Blazor.Data;

/// <summary>For <c>dotnet ef</c>, which needs the model but must neither start the panel nor touch anybody's data.</summary>
internal sealed class PiCamDbContextFactory : IDesignTimeDbContextFactory<PiCamDbContext>
{
    public PiCamDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PiCamDbContext>()
            .UseSqlite("Data Source=:memory:")

            // Identity's tables are as its options say.
            .UseApplicationServiceProvider(new ServiceCollection().Configure<IdentityOptions>(PiCamDbContext.Configure).BuildServiceProvider())
            .Options);
}

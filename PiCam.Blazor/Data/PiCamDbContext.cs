using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace PiCam.Blazor.Data;

/// <summary>PiCam's database: people, tokens and settings. Roles are a column of the user, not tables.</summary>
public sealed class PiCamDbContext(DbContextOptions<PiCamDbContext> options) : IdentityUserContext<PiCamUser>(options)
{
    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.Entity<PiCamUser>().Property(user => user.Role).HasConversion<string>().HasMaxLength(32);
        builder.Entity<Setting>(setting =>
        {
            setting.HasKey(row => row.Key);
            setting.Property(row => row.Key).HasMaxLength(200);
        });
        builder.Entity<ApiToken>(token =>
        {
            token.Property(row => row.Name).HasMaxLength(64).UseCollation("NOCASE");
            token.Property(row => row.Role).HasConversion<string>().HasMaxLength(32);
            token.HasIndex(row => row.Name).IsUnique();
            token.HasIndex(row => row.Hash).IsUnique();
        });
    }
}

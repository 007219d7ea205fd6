using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace PiCam.Blazor.Data;

/// <summary>PiCam's database: people, tokens, settings and the library's index. Roles are a column of the user, not tables.</summary>
public sealed class PiCamDbContext(DbContextOptions<PiCamDbContext> options) : IdentityUserContext<PiCamUser>(options)
{
    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<MediaRow> MediaItems => Set<MediaRow>();

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
        builder.Entity<MediaRow>(media =>
        {
            media.Property(row => row.Id).HasMaxLength(32);
            media.Property(row => row.Kind).HasConversion<string>().HasMaxLength(32);
            media.HasIndex(row => row.Path).IsUnique();

            // What is there, in the order in which it is seen; what is deleted is only looked for by its deletion.
            const string There = "\"DeletedAt\" IS NULL";
            media.HasIndex(row => new { row.TakenAt, row.Id }).HasFilter(There);
            media.HasIndex(row => new { row.Kind, row.TakenAt, row.Id }).HasFilter(There);
            media.HasIndex(row => new { row.Preset, row.TakenAt, row.Id }).HasFilter(There);

            // With all that is asked of them, the filter's column too, so that runs are collapsed and days counted from the index alone.
            media.HasIndex(row => new { row.Sequence, row.TakenAt, row.Id, row.Kind, row.DeletedAt }).HasFilter(There);
            media.HasIndex(row => new { row.Day, row.Kind, row.DeletedAt }).HasFilter(There);
            media.HasIndex(row => row.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
        });
    }
}

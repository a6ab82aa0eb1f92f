using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Core.Users;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>One workspace of the sandbox while it is being filled: what has been made so far, for those that refer to it.</summary>
internal sealed class SandboxWorkspace(SandboxCredentials credentials, Workspace workspace, User admin)
{
    /// <summary>When the workspace was founded, and what time it is when the sandbox begins to serve.</summary>
    public static readonly DateTimeOffset Founded = new(2025, 9, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Today = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public SandboxCredentials Credentials => credentials;
    public Workspace Workspace => workspace;
    public List<User> Users { get; } = [admin];
    public List<Pipeline> Pipelines { get; } = [];
    public List<Stage> Stages { get; } = [];
    public List<Organization> Organizations { get; } = [];
    public List<Person> Persons { get; } = [];
    public List<Product> Products { get; } = [];
    public List<Label> Labels { get; } = [];
    public List<FieldDefinition> Fields { get; } = [];
    public List<Deal> Deals { get; } = [];
    public IReadOnlyList<Tag> Tags { get; set; } = [];
    public IReadOnlyList<Currency> Currencies { get; set; } = [];

    public Caller Admin => As(0);

    /// <summary>0 the admin, 1 the seller, 2 the manager.</summary>
    public Caller As(int user) => Verbs.As(Users[user], workspace.Id);

    public IEnumerable<Stage> StagesOf(Pipeline pipeline) => Stages.Where(stage => stage.PipelineId == pipeline.Id);
}

using System.Text.Json;
using FsCheck.Fluent;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Contacts;

public sealed class ContactPointTests
{
    [Fact]
    public void The_primary_point_of_a_column_is_that_of_its_points() =>
        Properties.ForAll(
            Gen.Elements("a@x.test", "Größe@x.test", "\"q\" <b>@x.test", "")
                .SelectMany(value => Gen.Elements("", "work")
                    .SelectMany(label => Gen.Elements(true, false).Select(primary => new ContactPoint(value, label, primary))))
                .ArrayOf().ToArbitrary(), 200,
            points =>
            {
                Seq<ContactPoint> kept = [.. points];
                return ContactPoints.Primary(JsonSerializer.Serialize(kept, Documents.Options)) == kept.Primary();
            });
}

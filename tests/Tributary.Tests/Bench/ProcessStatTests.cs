extern alias bench;
using bench::Tributary.Bench.Processes;

namespace Tributary.Tests.Bench;

public sealed class ProcessStatTests
{
    // proc(5): pid, (comm), state, then numbers, of which utime is the 14th and stime the 15th of the line, in hundredths of a second.
    [Theory]
    [InlineData("42 (tributary) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 7 8 20 0 12 0 1000 2000 300")]
    [InlineData("42 (a ) b) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 7 8 20 0 12 0 1000 2000 300")]
    public void Times_in_user_and_system_mode_are_added_whatever_the_programs_name(string stat)
    {
        Assert.Equal(3.0, ProcessStat.CpuSeconds(stat));
    }

    [Fact]
    public void The_peak_of_memory_is_read_in_MiB()
    {
        Assert.Equal(128, ProcessStat.PeakMiB("Name:\ttributary\nVmPeak:\t  999999 kB\nVmHWM:\t  131072 kB\nVmRSS:\t  100 kB\n"));
    }

    // As strace 6.1 prints with -c; the column of errors is empty when there were none.
    [Fact]
    public void Syncs_of_both_kinds_are_counted()
    {
        const string table = """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             91.22    0.400000         400      1000           fdatasync
              8.78    0.038500          35        11         2 fsync
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.438500         433      1011         2 total
            """;

        Assert.Equal(1011, StraceOutput.Calls(table));
        Assert.Equal(0, StraceOutput.Calls(""));
    }
}
